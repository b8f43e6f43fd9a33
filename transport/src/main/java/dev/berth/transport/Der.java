package dev.berth.transport;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** As much of the encoding of certificates and keys (X.690, DER) as is needed to make them. */
final class Der {
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private static final int INTEGER = 0x02;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0C;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int FIRST_YEAR_IN_FOUR_DIGITS = 2050; // RFC 5280 section 4.1.2.5

  private Der() {}

  /** A value of a tag, made of the encodings that it consists of. */
  static byte[] value(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    var whole = new ByteArrayOutputStream();
    whole.write(tag);
    writeLength(whole, content.size());
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    byte[] digits = BigInteger.valueOf(length).toByteArray();
    int start = digits[0] == 0 ? 1 : 0;
    out.write(0x80 | (digits.length - start));
    out.write(digits, start, digits.length - start);
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  /**
   * An object identifier.
   *
   * @param content its encoding without tag and length, in hexadecimal digits
   */
  static byte[] identifier(String content) {
    return value(OBJECT_IDENTIFIER, HexFormat.of().parseHex(content));
  }

  static byte[] text(String text) {
    return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  /** To the second, in the one of two forms that the year asks for. */
  static byte[] time(Instant time) {
    ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
    boolean isLong = utc.getYear() >= FIRST_YEAR_IN_FOUR_DIGITS;
    String pattern = isLong ? "uuuuMMddHHmmss'Z'" : "uuMMddHHmmss'Z'";
    String text = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(utc);
    int tag = isLong ? GENERALIZED_TIME : UTC_TIME;
    return value(tag, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The first part, with tag and length, of a value that consists of several. */
  static byte[] firstPart(byte[] whole) {
    int start = contentStart(whole, 0);
    int content = contentStart(whole, start);
    return Arrays.copyOfRange(whole, start, content + length(whole, start));
  }

  private static int contentStart(byte[] bytes, int at) {
    int first = bytes[at + 1] & 0xFF;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
  }

  private static int length(byte[] bytes, int at) {
    int first = bytes[at + 1] & 0xFF;
    if (first < 0x80) {
      return first;
    }
    int content = contentStart(bytes, at);
    return new BigInteger(1, Arrays.copyOfRange(bytes, at + 2, content)).intValueExact();
  }
}
