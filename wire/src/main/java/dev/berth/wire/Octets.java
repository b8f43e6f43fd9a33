package dev.berth.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text as servers send it, without losing a byte. A line that is valid UTF-8 is that text (RFC
 * 2640). In any other line each byte above 127 becomes one escape character, U+DC80 to U+DCFF,
 * which no UTF-8 text holds; so a name in an unknown charset comes back to its server byte for
 * byte.
 */
public final class Octets {
  private static final char ESCAPE = '\uDC00';
  private static final char REPLACEMENT = '\uFFFD';

  private Octets() {}

  /** The text of bytes: UTF-8 where they are valid, else with each high byte escaped. */
  public static String toText(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 ? text : strict(bytes);
  }

  /** As slow as it is exact: there may be a replacement character in the text itself. */
  private static String strict(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return escape(bytes);
    }
  }

  /** The text of bytes with each high byte escaped, though they may be valid UTF-8. */
  public static String escape(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte octet : bytes) {
      text.append(octet >= 0 ? (char) octet : (char) (ESCAPE + (octet & 0xFF)));
    }
    return text.toString();
  }

  /**
   * The bytes of a text: UTF-8, and of each escape the byte that it stands for.
   *
   * @throws IllegalArgumentException for a surrogate that is neither an escape nor half of a pair
   */
  public static byte[] toBytes(String text) {
    if (!hasSurrogate(text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
    text.codePoints().forEach(point -> append(bytes, point));
    return bytes.toByteArray();
  }

  private static boolean hasSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static void append(ByteArrayOutputStream bytes, int point) {
    if (isEscape(point)) {
      bytes.write(point - ESCAPE);
    } else if (Character.getType(point) == Character.SURROGATE) {
      throw new IllegalArgumentException("half a character: U+" + Integer.toHexString(point));
    } else {
      bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Each escape as the character of ISO 8859-1 that has the byte's number, everything else as it
   * is. What stands in this form can be shown, and read by whoever guesses the charset.
   */
  public static String latin(String text) {
    if (!hasEscapes(text)) {
      return text;
    }
    StringBuilder latin = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> latin.appendCodePoint(isEscape(point) ? point - ESCAPE : point));
    return latin.toString();
  }

  /**
   * As {@link #latin}, with every control character but the line feed replaced: safe to print on a
   * terminal, whatever a hostile server sent.
   */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    latin(text)
        .codePoints()
        .forEach(point -> {
          if (point != '\n' && Character.isISOControl(point)) {
            printable.append(REPLACEMENT);
          } else {
            printable.appendCodePoint(point);
          }
        });
    return printable.toString();
  }

  /** Whether any of a text's bytes could not be read: it was no valid UTF-8. */
  public static boolean hasEscapes(String text) {
    return text.codePoints().anyMatch(Octets::isEscape);
  }

  /**
   * Whether a character of a text stands for a byte of no known charset.
   *
   * @param point a code point: half of a pair, as in U+1F4C4, may look like an escape
   */
  static boolean isEscape(int point) {
    return point >= ESCAPE + 0x80 && point <= ESCAPE + 0xFF;
  }
}
