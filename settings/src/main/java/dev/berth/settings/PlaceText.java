package dev.berth.settings;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen, as people write it: {@code 192.0.2.1:21}, {@code [2001:db8::1]:21}, {@code
 * localhost:2121}; {@code [::]:21} and {@code *:21} are every address. Names are not looked up.
 */
public final class PlaceText {
  private static final Pattern SHAPE = Pattern.compile("(?:\\[([^]]+)]|([^:]+)):([0-9]{1,5})");

  private PlaceText() {}

  /**
   * Reads a place; port 0 is a free one.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static InetSocketAddress parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    int port = shape.matches() ? Integer.parseInt(shape.group(3)) : -1;
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not HOST:PORT; write 127.0.0.1:2121 or [::]:21");
    }
    String host = shape.group(1) == null ? shape.group(2) : shape.group(1);
    return new InetSocketAddress(
        switch (host) {
          case "localhost" -> InetAddress.ofLiteral("127.0.0.1");
          case "*" -> InetAddress.ofLiteral("::");
          default -> address(host);
        },
        port);
  }

  /** Whether it is every address of this machine: of IPv6, and of IPv4. */
  public static boolean isEverywhere(InetSocketAddress place) {
    return place.getAddress() instanceof Inet6Address address && address.isAnyLocalAddress();
  }

  /**
   * An address, IPv4 or IPv6.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static InetAddress address(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an address like 192.0.2.1 or 2001:db8::1", e);
    }
  }
}
