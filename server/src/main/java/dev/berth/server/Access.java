package dev.berth.server;

import dev.berth.admission.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * How an account may be used.
 *
 * @param permissions what it may do
 * @param needsTls whether it may log in only in TLS
 * @param networks from where it may log in; from everywhere if there is none
 * @param isOff whether nobody may log in to it now
 */
public record Access(
    Set<Permission> permissions, boolean needsTls, List<Network> networks, boolean isOff) {
  public Access {
    permissions = Set.copyOf(permissions);
    networks = List.copyOf(networks);
  }

  /** So much, from everywhere, in TLS or not. */
  public static Access of(Set<Permission> permissions) {
    return new Access(permissions, false, List.of(), false);
  }

  boolean comesFrom(InetAddress address) {
    return networks.isEmpty() || networks.stream().anyMatch(it -> it.contains(address));
  }
}
