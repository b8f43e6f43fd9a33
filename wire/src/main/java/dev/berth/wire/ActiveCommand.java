package dev.berth.wire;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The commands that tell a server where we await its data connection. */
public final class ActiveCommand {
  private ActiveCommand() {}

  /**
   * EPRT, for an address of either family (RFC 2428 section 2).
   *
   * @param address resolved; its scope, a matter of this host alone, is left out
   */
  public static Command extended(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String text = host.getHostAddress();
    int scope = text.indexOf('%');
    return Command.of(
        "EPRT",
        "|%d|%s|%d|"
            .formatted(
                host instanceof Inet6Address ? 2 : 1,
                scope < 0 ? text : text.substring(0, scope),
                address.getPort()));
  }

  /**
   * PORT (RFC 959 section 4.1.2).
   *
   * @param address resolved, and of IPv4
   * @throws IllegalArgumentException for any other
   */
  public static Command port(InetSocketAddress address) {
    if (!(address.getAddress() instanceof Inet4Address host)) {
      throw new IllegalArgumentException("PORT takes an IPv4 address, not " + address);
    }
    return Command.of(
        "PORT",
        "%s,%d,%d"
            .formatted(
                host.getHostAddress().replace('.', ','),
                address.getPort() / 256,
                address.getPort() % 256));
  }
}
