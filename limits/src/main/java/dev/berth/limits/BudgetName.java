package dev.berth.limits;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which connections are counted together: those to one server from one of our addresses.
 *
 * @param host the server, a name or an address; not empty; kept in lower case (RFC 4343), an IPv6
 *     address in one spelling
 * @param port its control port, 1 to 65535
 * @param source our own address towards it, or {@code default} where the system chooses
 */
public record BudgetName(String host, int port, String source) {
  public BudgetName {
    host = spelled(host.toLowerCase(Locale.ROOT));
    if ((host + source).chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a host or address holds no control character");
    }
    if (host.isEmpty() || source.isEmpty()) {
      throw new IllegalArgumentException("a budget names a host and a source");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
  }

  /** An IPv6 address has many spellings (RFC 5952), and one that holds an IPv4 address is that. */
  private static String spelled(String host) {
    int zone = host.indexOf('%');
    if (host.indexOf(':') < 0 || zone >= 0) {
      return host; // A zone is known to its own machine alone; its address stays as it is written.
    }
    try {
      return InetAddress.getByName(host).getHostAddress(); // Looks nothing up: it is an address.
    } catch (UnknownHostException e) {
      return host; // It will be told when it is connected to.
    }
  }

  /** The budget towards a server from whatever address the system chooses. */
  public static BudgetName of(String host, int port) {
    return new BudgetName(host, port, "default");
  }

  // Written out, as in Account: a record's own equals is made at its first call.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BudgetName name
        && host.equals(name.host)
        && port == name.port
        && source.equals(name.source);
  }

  @Override
  public int hashCode() {
    return host.hashCode() + 31 * port + source.hashCode();
  }

  /** The server as messages name it: the port only where it is not 21. */
  public String server() {
    return port == 21 ? host : host + ":" + port;
  }
}
