package dev.berth.wire;

import java.util.Locale;

/** What a client asks for with EPSV (RFC 2428 section 3). */
public enum PassiveRequest {
  /** A port, of whatever family the control connection is. */
  ANY_FAMILY,
  /** A port of IPv4. */
  IPV4,
  /** A port of IPv6. */
  IPV6,
  /** Nothing, but that no other command shall open a data connection from now on. */
  ALL,
  /** A port of another family: 522. */
  OTHER_FAMILY,
  /** It is not said what: 501. */
  MALFORMED;

  /** What a command EPSV asks for. */
  public static PassiveRequest of(Command command) {
    return command.argument().map(PassiveRequest::of).orElse(ANY_FAMILY);
  }

  private static PassiveRequest of(String argument) {
    String text = argument.strip();
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "" -> ANY_FAMILY;
      case "1" -> IPV4;
      case "2" -> IPV6;
      case "ALL" -> ALL;
      default -> isNumber(text) ? OTHER_FAMILY : MALFORMED;
    };
  }

  private static boolean isNumber(String text) {
    return text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
