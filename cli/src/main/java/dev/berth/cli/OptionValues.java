package dev.berth.cli;

import dev.berth.client.NameCharset;
import dev.berth.transfer.Verify;
import dev.berth.wire.NameCoding;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/** Reads what options and settings say into the values of the modules that act on it. */
final class OptionValues {
  private OptionValues() {}

  /**
   * How a server writes names: {@code auto}, or the name of a charset, as {@code windows-1251}.
   *
   * @throws IllegalArgumentException when it is neither, or one that FTP cannot carry
   */
  static NameCharset charset(String text) {
    if (text.equals("auto")) {
      return new NameCharset.Seen();
    }
    try {
      return new NameCharset.Given(NameCoding.of(Charset.forName(text)));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException("not a charset that is known here", e);
    }
  }

  /**
   * How what has arrived is compared.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  static Verify verify(String text) {
    return switch (text) {
      case "size" -> Verify.SIZE;
      case "hash" -> Verify.HASH;
      case "full" -> Verify.FULL;
      default -> throw new IllegalArgumentException("neither size, hash nor full");
    };
  }
}
