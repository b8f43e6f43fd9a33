package dev.berth.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 65536}, {@code 500M}, {@code 10g}. */
public final class SizeText {
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,12})([KMGTkmgt]?)");
  private static final String UNITS = "KMGT";

  private SizeText() {}

  /**
   * Reads a number of bytes; K, M, G or T behind it are powers of 1024.
   *
   * @throws IllegalArgumentException when it is none, or more than can be counted
   */
  public static long parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw new IllegalArgumentException("not a number of bytes; write 65536, 64K or 10G");
    }
    String unit = shape.group(2).toUpperCase(Locale.ROOT);
    int shift = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
    long number = Long.parseLong(shape.group(1));
    if (number > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("more bytes than can be counted");
    }
    return number << shift;
  }
}
