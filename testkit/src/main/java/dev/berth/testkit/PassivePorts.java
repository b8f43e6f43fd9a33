package dev.berth.testkit;

import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the port in the replies to PASV (RFC 959 section 4.2: {@code h1,h2,h3,h4,p1,p2}) and
 * EPSV (RFC 2428 section 3: {@code |||port|}) that come in pieces of any size. A line that may be
 * one is held until it is whole; one that is never finished is not passed on. Confined to one
 * thread.
 */
final class PassivePorts implements UnaryOperator<byte[]> {
  private static final Pattern PASV =
      Pattern.compile("^(227 .*?\\d+,\\d+,\\d+,\\d+),(\\d+),(\\d+)");
  private static final Pattern EPSV = Pattern.compile("^(229 .*?\\(\\|\\|\\|)(\\d+)\\|");

  private final IntUnaryOperator ports;
  private String unfinished = "";

  /**
   * A filter.
   *
   * @param ports the port to tell for each that the server tells
   */
  PassivePorts(IntUnaryOperator ports) {
    this.ports = ports;
  }

  @Override
  public byte[] apply(byte[] bytes) {
    String text = unfinished + new String(bytes, StandardCharsets.ISO_8859_1);
    StringBuilder out = new StringBuilder();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      out.append(changed(text.substring(start, end + 1)));
      start = end + 1;
    }
    unfinished = text.substring(start);
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private String changed(String line) {
    Matcher epsv = EPSV.matcher(line);
    if (epsv.find()) {
      int port = ports.applyAsInt(Integer.parseInt(epsv.group(2)));
      return epsv.group(1) + port + "|" + line.substring(epsv.end());
    }
    Matcher pasv = PASV.matcher(line);
    if (pasv.find()) {
      int told = Integer.parseInt(pasv.group(2)) * 256 + Integer.parseInt(pasv.group(3));
      int port = ports.applyAsInt(told);
      return "%s,%d,%d%s"
          .formatted(pasv.group(1), port / 256, port % 256, line.substring(pasv.end()));
    }
    return line;
  }
}
