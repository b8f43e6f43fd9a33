package dev.berth.settings;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a server to connect to, as people write them: {@code ftp.example.com}, {@code
 * 192.0.2.1:2121}, {@code [2001:db8::1]:21}.
 *
 * @param host a name in ASCII and lower case, or an address without brackets
 * @param port 1 to 65535
 */
public record ServerPlace(String host, int port) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(\\[[0-9A-Fa-f]*:[0-9A-Fa-f:.]+(?:%(?:25)?[\\w.-]+)?]|[^:\\[\\]]*)(?::(.*))?");

  /** Labels of 1 to 63 characters (RFC 1035 section 2.3.4), perhaps with a dot behind. */
  private static final Pattern HOST_NAME =
      Pattern.compile("[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63})*\\.?");

  /**
   * Reads them. No name is looked up.
   *
   * @param usualPort where none is written
   * @throws IllegalArgumentException saying what is wrong, without the text: it may be a password
   */
  public static ServerPlace parse(String text, int usualPort) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw new IllegalArgumentException(
          "the host is neither a name nor an address like 192.0.2.1 or [2001:db8::1]");
    }
    String digits = shape.group(2);
    return new ServerPlace(
        host(shape.group(1)), digits == null || digits.isEmpty() ? usualPort : port(digits));
  }

  private static String host(String host) {
    if (host.startsWith("[")) {
      return host.substring(1, host.length() - 1).replace("%25", "%");
    }
    if (host.isEmpty()) {
      throw new IllegalArgumentException("the host is missing");
    }
    String ascii = ascii(host).toLowerCase(Locale.ROOT);
    if (!HOST_NAME.matcher(ascii).matches()) {
      throw new IllegalArgumentException("the host is not a valid name");
    }
    return ascii;
  }

  /** A name in Unicode as the domain name system has it (RFC 3490). */
  private static String ascii(String host) {
    if (host.chars().allMatch(c -> c < 128)) {
      return host; // What follows loads the tables of Unicode.
    }
    try {
      return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the host is not a valid name", e);
    }
  }

  private static int port(String digits) {
    if (!digits.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("what follows the host's colon is no port");
    }
    int port = Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the port is not between 1 and 65535");
    }
    return port;
  }
}
