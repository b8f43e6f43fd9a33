package dev.berth.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * The addresses in the replies to PASV and EPSV, read and written. Where to connect is decided
 * elsewhere: a server may lie.
 */
public final class PassiveReply {
  private static final int NUMBERS = 6;
  private static final int MOST_SCANNED = 1024;

  private PassiveReply() {}

  /**
   * The reply to PASV (RFC 959 section 4.1.2), in the form that all clients find.
   *
   * @param address resolved, and of IPv4
   * @throws IllegalArgumentException for any other
   */
  public static Reply entering(InetSocketAddress address) {
    return Reply.of(227, "Entering Passive Mode (" + ActiveCommand.numbers(address) + ").");
  }

  /**
   * The reply to EPSV (RFC 2428 section 3).
   *
   * @param port 1 to 65535
   */
  public static Reply enteringExtended(int port) {
    return Reply.of(229, "Entering Extended Passive Mode (|||" + port + "|)");
  }

  /**
   * The address in a reply to PASV: the first six numbers in a row, with or without brackets (RFC
   * 959 section 4.1.2, RFC 1123 section 4.1.2.6 asks to scan for them).
   *
   * @param reply a reply with code 227
   * @throws ProtocolException when there are no such six numbers, or the port is 0
   */
  public static InetSocketAddress address(Reply reply) throws ProtocolException {
    String text = bounded(reply);
    for (int start = 0; start < text.length(); start++) {
      boolean numberBegins =
          isDigit(text.charAt(start)) && (start == 0 || !isDigit(text.charAt(start - 1)));
      int[] numbers = new int[NUMBERS];
      if (numberBegins && readNumbers(text, start, numbers)) {
        return socketAddress(numbers, reply);
      }
    }
    throw new ProtocolException("no address in the reply to PASV: " + reply);
  }

  /**
   * The port in a reply to EPSV: {@code (|||port|)} with any delimiter (RFC 2428 section 3). An
   * address beside it is ignored: the data connection goes to the peer of the control connection.
   *
   * @param reply a reply with code 229
   * @return 1 to 65535
   * @throws ProtocolException when there is no such port
   */
  public static int port(Reply reply) throws ProtocolException {
    String text = bounded(reply);
    int open = text.indexOf('(');
    int close = text.indexOf(')', open + 1);
    if (open >= 0 && close > open + 1) {
      String port = thirdField(text.substring(open + 1, close));
      if (isPort(port)) {
        return Integer.parseInt(port);
      }
    }
    throw new ProtocolException("no port in the reply to EPSV: " + reply);
  }

  /** Of {@code |protocol|address|port|}; empty when there are not just four delimiters. */
  private static String thirdField(String body) {
    char delimiter = body.charAt(0);
    int second = body.indexOf(delimiter, 1);
    int third = second < 0 ? -1 : body.indexOf(delimiter, second + 1);
    int fourth = third < 0 ? -1 : body.indexOf(delimiter, third + 1);
    boolean isWhole = fourth >= 0 && body.indexOf(delimiter, fourth + 1) < 0;
    return isWhole ? body.substring(third + 1, fourth) : "";
  }

  private static boolean readNumbers(String text, int start, int[] numbers) {
    int at = start;
    for (int n = 0; n < NUMBERS; n++) {
      int value = 0;
      int digits = 0;
      while (at < text.length() && isDigit(text.charAt(at)) && digits < 4) {
        value = value * 10 + (text.charAt(at++) - '0');
        digits++;
      }
      boolean isCut = at < text.length() && isDigit(text.charAt(at));
      if (digits == 0 || isCut || value > 255) {
        return false;
      }
      numbers[n] = value;
      if (n < NUMBERS - 1) {
        if (at >= text.length() || text.charAt(at) != ',') {
          return false;
        }
        at++;
        while (at < text.length() && text.charAt(at) == ' ') {
          at++;
        }
      }
    }
    return true;
  }

  private static InetSocketAddress socketAddress(int[] numbers, Reply reply)
      throws ProtocolException {
    byte[] host = {(byte) numbers[0], (byte) numbers[1], (byte) numbers[2], (byte) numbers[3]};
    int port = numbers[4] * 256 + numbers[5];
    if (port == 0) {
      throw new ProtocolException("port 0 in the reply to PASV: " + reply);
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(host), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  private static boolean isPort(String text) {
    return text.length() <= 5
        && !text.isEmpty()
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= 65535;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static String bounded(Reply reply) {
    String text = reply.text();
    return text.length() <= MOST_SCANNED ? text : text.substring(0, MOST_SCANNED);
  }
}
