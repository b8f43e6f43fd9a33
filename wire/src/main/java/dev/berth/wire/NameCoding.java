package dev.berth.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a server writes names. Between the text of {@link Octets}, which goes over the wire, and the
 * text that people read and local files are named by. What {@link #read} makes of a name, {@link
 * #write} turns into the same octets again, whatever they are: a name that the charset cannot have
 * exactly keeps its escapes.
 *
 * @param charset one in which ASCII is ASCII, as {@link #of} makes sure
 */
public record NameCoding(Charset charset) {
  /** RFC 2640: names are in UTF-8, and those that are not keep their escapes. */
  public static final NameCoding UTF_8 = new NameCoding(StandardCharsets.UTF_8);

  private static final String ASCII = "azAZ09 /.\\~|-_()[]{}\t";
  private static final String BEYOND = "\u00e9\u0416\u3042\u4e2d\uac00";

  /**
   * Names in one charset.
   *
   * @throws IllegalArgumentException if no pathname can be written in it: UTF-16, EBCDIC, ISO 2022
   */
  public static NameCoding of(Charset charset) {
    boolean carriesPaths =
        charset.canEncode()
            && new String(ASCII.getBytes(charset), StandardCharsets.ISO_8859_1).equals(ASCII);
    if (carriesPaths) {
      for (byte octet : BEYOND.getBytes(charset)) {
        carriesPaths &= octet < 0 || octet >= ' '; // No shift into another set (ISO 2022).
      }
    }
    if (!carriesPaths) {
      throw new IllegalArgumentException("FTP cannot carry names in " + charset.name());
    }
    return new NameCoding(charset);
  }

  /**
   * A name as people read it.
   *
   * @param octets as {@link Octets#toText} made it
   */
  public String read(String octets) {
    if (isAscii(octets)) {
      return octets;
    }
    byte[] bytes = Octets.toBytes(octets);
    if (charset.equals(StandardCharsets.UTF_8)) {
      return Octets.toText(bytes);
    }
    try {
      String text = decode(bytes);
      return Arrays.equals(text.getBytes(charset), bytes) && isFitForANameHere(text)
          ? text
          : Octets.escape(bytes);
    } catch (CharacterCodingException notInThisCharset) {
      return Octets.escape(bytes);
    }
  }

  private String decode(byte[] bytes) throws CharacterCodingException {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes))
        .toString();
  }

  /** No C1 controls, and nothing for private use, which some charsets have for want of better. */
  private static boolean isFitForANameHere(String text) {
    return text.codePoints()
        .allMatch(point ->
            point < 0x80
                || switch (Character.getType(point)) {
                  case Character.CONTROL,
                      Character.PRIVATE_USE,
                      Character.SURROGATE,
                      Character.UNASSIGNED ->
                      false;
                  default -> true;
                });
  }

  /**
   * A pathname, or a command with one in it, as it goes over the wire.
   *
   * @param text as {@link #read} gave it, as a user typed it, or several of these together
   * @return for {@link Octets#toBytes}
   * @throws CharacterCodingException if the charset has not all of its characters
   */
  public String write(String text) throws CharacterCodingException {
    if (charset.equals(StandardCharsets.UTF_8) || isAscii(text)) {
      return text;
    }
    StringBuilder octets = new StringBuilder(text.length() * 2);
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && !Octets.isEscape(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      octets.append(Octets.escape(encode(text.substring(at, end))));
      for (; end < text.length() && Octets.isEscape(text.codePointAt(end)); end++) {
        octets.append(text.charAt(end));
      }
      at = end;
    }
    return octets.toString();
  }

  private byte[] encode(String text) throws CharacterCodingException {
    ByteBuffer bytes =
        charset
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .encode(CharBuffer.wrap(text));
    byte[] exact = new byte[bytes.remaining()];
    bytes.get(exact);
    return exact;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
