package dev.berth.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Predicate;

/**
 * Where clients are awaited.
 *
 * @param name for logs and rules, unique: {@code "public"}
 * @param address to listen on; port 0 takes a free one
 * @param tls whether there is TLS
 * @param proxies from which addresses every connection begins with a PROXY header
 */
public record ListenerSettings(
    String name, InetSocketAddress address, TlsUse tls, Predicate<InetAddress> proxies) {
  /** Whether and when a listener uses TLS. */
  public enum TlsUse {
    /** Never: AUTH is refused. */
    OFF,
    /** Where the client asks for it by AUTH TLS (RFC 4217). */
    OFFERED,
    /** No login, and no data, without it. */
    REQUIRED,
    /** From the first byte on. */
    IMPLICIT;

    /** Whether there is no login, and no data, without it. */
    boolean isRequired() {
      return switch (this) {
        case OFF, OFFERED -> false;
        case REQUIRED, IMPLICIT -> true;
      };
    }
  }

  /** A listener for clients that come without a proxy. */
  public static ListenerSettings plain(String name, InetSocketAddress address) {
    return new ListenerSettings(name, address, TlsUse.OFFERED, any -> false);
  }
}
