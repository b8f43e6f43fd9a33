package dev.berth.cli;

import dev.berth.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes in URLs: {@code %XX} for those that may not stand there (RFC 3986 section 2.1). */
final class PercentCode {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentCode() {}

  /**
   * The bytes of a part of a URL; characters that stand there unencoded are taken as UTF-8.
   *
   * @throws IllegalArgumentException where a percent sign is not followed by two digits
   */
  static byte[] decode(String part) {
    byte[] raw = part.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
    int i = 0;
    while (i < raw.length) {
      if (raw[i] != '%') {
        bytes.write(raw[i++]);
        continue;
      }
      if (i + 2 >= raw.length) {
        throw new IllegalArgumentException("a percent sign at the end");
      }
      bytes.write(HexFormat.fromHexDigit(raw[i + 1]) << 4 | HexFormat.fromHexDigit(raw[i + 2]));
      i += 3;
    }
    return bytes.toByteArray();
  }

  /** A text as it may stand in a URL, slashes and letters of all languages as they are. */
  static String encode(String text) {
    if (text.codePoints().allMatch(PercentCode::standsForItself)) {
      return text;
    }
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(encoded, point));
    return encoded.toString();
  }

  private static void append(StringBuilder encoded, int point) {
    if (standsForItself(point)) {
      encoded.appendCodePoint(point);
      return;
    }
    for (byte octet : Octets.toBytes(Character.toString(point))) {
      encoded.append('%').append(HEX.toHexDigits(octet));
    }
  }

  private static boolean standsForItself(int point) {
    return Character.isLetterOrDigit(point) || "/-._~!$&'()*+,=".indexOf(point) >= 0;
  }
}
