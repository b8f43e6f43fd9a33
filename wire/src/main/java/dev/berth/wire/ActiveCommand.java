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
    int family = host instanceof Inet6Address ? 2 : 1;
    String text = host.getHostAddress();
    int scope = text.indexOf('%');
    String bare = scope < 0 ? text : text.substring(0, scope);
    return Command.of("EPRT", "|" + family + "|" + bare + "|" + address.getPort() + "|");
  }

  /**
   * PORT (RFC 959 section 4.1.2).
   *
   * @param address resolved, and of IPv4
   * @throws IllegalArgumentException for any other
   */
  public static Command port(InetSocketAddress address) {
    return Command.of("PORT", numbers(address));
  }

  /** The six numbers of PORT, and of the reply to PASV. */
  static String numbers(InetSocketAddress address) {
    if (!(address.getAddress() instanceof Inet4Address host)) {
      throw new IllegalArgumentException("PORT and PASV take an IPv4 address, not " + address);
    }
    String numbers = host.getHostAddress().replace('.', ',');
    int port = address.getPort();
    return numbers + "," + port / 256 + "," + port % 256;
  }
}
