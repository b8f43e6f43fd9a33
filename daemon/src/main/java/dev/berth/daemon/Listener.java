package dev.berth.daemon;

import dev.berth.admission.Network;
import dev.berth.session.ListenerSettings;
import dev.berth.session.ListenerSettings.TlsUse;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where clients are awaited, as it was set.
 *
 * @param name unique
 * @param place an address of ours, or a socket that listens already
 * @param proxies from where every connection begins with a PROXY header
 * @param sharesPort whether another process of the same user may listen there, too
 */
record Listener(String name, Place place, TlsUse tls, List<Network> proxies, boolean sharesPort) {
  Listener {
    proxies = List.copyOf(proxies);
  }

  /** Without proxies before it, or others beside it. */
  static Listener alone(String name, Place place, TlsUse tls) {
    return new Listener(name, place, tls, List.of(), false);
  }

  /** Where. */
  sealed interface Place {
    /**
     * To be listened on.
     *
     * @param socket port 0 takes a free one
     */
    record Address(InetSocketAddress socket) implements Place {}

    /**
     * Every address of this machine: of IPv6 and IPv4, or of IPv4 alone where there is no other.
     *
     * @param port 0 takes a free one
     */
    record Everywhere(int port) implements Place {}

    /** Standard input is a socket that listens: systemd has opened it. */
    record Inherited() implements Place {}
  }

  ListenerSettings settings() {
    InetSocketAddress address =
        switch (place) {
          case Place.Address(InetSocketAddress socket) -> socket;
          case Place.Everywhere(int port) -> new InetSocketAddress(port);
          case Place.Inherited _ -> new InetSocketAddress(0);
        };
    return new ListenerSettings(
        name, address, tls, caller -> proxies.stream().anyMatch(it -> it.contains(caller)));
  }
}
