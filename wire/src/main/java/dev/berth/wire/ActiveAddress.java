package dev.berth.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a client awaits its data connection: what it says with PORT or EPRT. Whether to connect
 * there is decided elsewhere: it may name somebody else's address (RFC 2577 section 3).
 */
public sealed interface ActiveAddress {
  /**
   * An address and port.
   *
   * @param address resolved; its port is not 0
   */
  record Given(InetSocketAddress address) implements ActiveAddress {}

  /** An address of a family that is neither IPv4 nor IPv6: 522 (RFC 2428 section 2). */
  record OtherFamily() implements ActiveAddress {}

  /** No address: 501. */
  record Malformed() implements ActiveAddress {}

  /**
   * The argument of PORT (RFC 959 section 4.1.2).
   *
   * @param argument {@code h1,h2,h3,h4,p1,p2}
   */
  static ActiveAddress ofPort(String argument) {
    List<Integer> numbers = bytes(argument.strip(), ',');
    if (numbers.size() != 6) {
      return new Malformed();
    }
    return given(address(numbers), numbers.get(4) * 256 + numbers.get(5));
  }

  /**
   * The argument of EPRT (RFC 2428 section 2).
   *
   * @param argument {@code |1|132.235.1.2|6275|} or {@code |2|1080::8:800:200c:417a|5282|}, with
   *     any delimiter of ASCII from 33 to 126
   */
  static ActiveAddress ofEprt(String argument) {
    String text = argument.strip();
    char delimiter = text.isEmpty() ? ' ' : text.charAt(0);
    if (delimiter < '!' || delimiter > '~' || Character.isLetterOrDigit(delimiter)) {
      return new Malformed();
    }
    List<String> fields = split(text, delimiter);
    if (fields.size() != 5 || !fields.get(4).isEmpty()) {
      return new Malformed();
    }
    int port = decimal(fields.get(3), 5);
    return switch (fields.get(1)) {
      case "1" -> given4(fields.get(2), port);
      case "2" -> given6(fields.get(2), port);
      default -> decimal(fields.get(1), 5) < 0 ? new Malformed() : new OtherFamily();
    };
  }

  private static ActiveAddress given4(String host, int port) {
    List<Integer> numbers = bytes(host, '.');
    return numbers.size() == 4 ? given(address(numbers), port) : new Malformed();
  }

  private static ActiveAddress given6(String host, int port) {
    boolean isLiteral =
        host.length() <= 45
            && host.indexOf(':') >= 0
            && host.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0);
    if (!isLiteral) {
      return new Malformed();
    }
    try {
      // What stands in brackets is never looked up as a name, whatever it begins with.
      return given(InetAddress.getByName("[" + host + "]"), port);
    } catch (UnknownHostException e) {
      return new Malformed();
    }
  }

  private static ActiveAddress given(InetAddress host, int port) {
    return port < 1 || port > 65535
        ? new Malformed()
        : new Given(new InetSocketAddress(host, port));
  }

  private static InetAddress address(List<Integer> numbers) {
    byte[] host = new byte[4];
    for (int n = 0; n < host.length; n++) {
      host[n] = numbers.get(n).byteValue();
    }
    try {
      return InetAddress.getByAddress(host);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  /** The numbers from 0 to 255 in a text; none if there is anything else. */
  private static List<Integer> bytes(String text, char delimiter) {
    List<Integer> numbers = new ArrayList<>();
    for (String field : split(text, delimiter)) {
      int number = decimal(field, 3);
      if (number < 0 || number > 255) {
        return List.of();
      }
      numbers.add(number);
    }
    return numbers;
  }

  private static List<String> split(String text, char delimiter) {
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= text.length() && fields.size() <= 6; at++) {
      if (at == text.length() || text.charAt(at) == delimiter) {
        fields.add(text.substring(start, at));
        start = at + 1;
      }
    }
    return fields;
  }

  /** A number of so many digits at most; -1 if it is none. */
  private static int decimal(String text, int mostDigits) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= mostDigits
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.parseInt(text) : -1;
  }
}
