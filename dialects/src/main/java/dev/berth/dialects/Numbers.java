package dev.berth.dialects;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the whole numbers that stand alone in a text. Dates, times of day, addresses, percentages,
 * load averages and numbers that are part of a name state nothing. Bounded: one pass, no
 * backtracking.
 */
final class Numbers {
  /** What stands together, so that {@code 10.0.0.1} is one token. */
  private static final Pattern TOKEN = Pattern.compile("[\\w.:,/%-]++");

  /** A number; {@code 120s}; {@code 3/20}, of which the second counts. */
  private static final Pattern WHOLE =
      Pattern.compile("(?:\\d{1,9}/)?(\\d{1,9})(s|sec|m|min)?[.,:]?");

  private static final int REACH = 24;

  /**
   * A number in a text.
   *
   * @param bracketed whether it stands alone in round brackets
   * @param after the text after it, a few words at most
   */
  record Found(int value, boolean bracketed, String after) {}

  private Numbers() {}

  /** Returns the numbers of a text in its order. */
  static List<Found> in(String text) {
    List<Found> numbers = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      Matcher whole = WHOLE.matcher(token.group());
      if (whole.matches()) {
        boolean bracketed =
            text.startsWith("(", token.start() - 1) && text.startsWith(")", token.end());
        String unit = whole.group(2) == null ? "" : whole.group(2);
        String after =
            unit + text.substring(token.end(), Math.min(text.length(), token.end() + REACH));
        numbers.add(new Found(Integer.parseInt(whole.group(1)), bracketed, after));
      }
    }
    return numbers;
  }
}
