package dev.berth.cli;

import dev.berth.wire.Octets;
import java.util.HexFormat;

/** Foreign text made safe for a terminal: names, replies, messages that hold them. */
final class Shown {
  private static final String UNPRINTABLE = "\uFFFD";

  private Shown() {}

  /** Text of several lines; characters that steer the terminal or turn the writing are replaced. */
  static String lines(String text) {
    String printable = Octets.printable(text);
    if (printable.codePoints().noneMatch(Shown::isFormat)) {
      return printable;
    }
    StringBuilder shown = new StringBuilder(printable.length());
    printable
        .codePoints()
        .forEach(point -> {
          if (isFormat(point)) {
            shown.append(UNPRINTABLE);
          } else {
            shown.appendCodePoint(point);
          }
        });
    return shown.toString();
  }

  /** As {@link #lines}, in one line. */
  static String line(String text) {
    return lines(text).replace("\n", UNPRINTABLE);
  }

  /**
   * JSON that holds the same, and may be shown: what steers a terminal and may stand as it is (RFC
   * 8259 section 7), stands as an escape.
   */
  static String inJson(String json) {
    if (json.codePoints().noneMatch(Shown::steersInJson)) {
      return json;
    }
    StringBuilder shown = new StringBuilder(json.length() + 16);
    json.codePoints()
        .forEach(point -> {
          if (steersInJson(point)) {
            for (char unit : Character.toChars(point)) {
              shown.append("\\u").append(HexFormat.of().toHexDigits(unit));
            }
          } else {
            shown.appendCodePoint(point);
          }
        });
    return shown.toString();
  }

  private static boolean steersInJson(int point) {
    return point > '~' && (Character.isISOControl(point) || isFormat(point));
  }

  /** A text cut to a width in characters, its middle left out. */
  static String shortened(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    if (width < 5) {
      return text.substring(0, Math.max(0, width));
    }
    int head = (width - 3) / 2;
    return text.substring(0, head) + "..." + text.substring(text.length() - (width - 3 - head));
  }

  /** Unicode's format characters, among them those that show {@code gpj.exe} as {@code exe.jpg}. */
  private static boolean isFormat(int point) {
    int type = Character.getType(point);
    return type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
