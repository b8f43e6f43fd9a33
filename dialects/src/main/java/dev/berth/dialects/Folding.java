package dev.berth.dialects;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Folds text and stems alike, so that they can be compared: compatibility forms, lower case, no
 * diacritics, no punctuation. A digit run becomes {@code #}. A word begins and ends with a space.
 *
 * <p>Two letters written for one ({@code ue} for {@code ü}, {@code aa} for {@code å}) fold to one.
 * A question mark within a word stands for a letter that was lost on the way: {@link #LOST}.
 */
final class Folding {
  /** Stands for one letter that nobody knows. */
  static final char LOST = '?';

  private static final Pattern MARKS = Pattern.compile("\\p{Mn}");
  private static final Pattern DIGITS = Pattern.compile("\\p{Nd}+");
  private static final Pattern LOST_LETTER = Pattern.compile("(?<=\\p{L})[?](?=\\p{L})");
  private static final Pattern GAPS = Pattern.compile("[^\\p{L}#\uE000]+");
  private static final String STRAIGHT = "łøđıæœßþð";
  private static final String[] PLAIN = {"l", "o", "d", "i", "a", "o", "ss", "th", "d"};

  private Folding() {}

  /** Returns the folded text, one space before the first word and one after the last. */
  static String fold(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    plain = MARKS.matcher(plain).replaceAll("");
    plain = Normalizer.normalize(plain, Normalizer.Form.NFC);
    plain = DIGITS.matcher(plain).replaceAll("#");
    plain = LOST_LETTER.matcher(plain).replaceAll("\uE000");
    plain = GAPS.matcher(plain).replaceAll(" ").replace('\uE000', LOST);
    return " " + letters(plain).strip() + " ";
  }

  private static String letters(String text) {
    String folded = text;
    for (int i = 0; i < PLAIN.length; i++) {
      folded = folded.replace(STRAIGHT.substring(i, i + 1), PLAIN[i]);
    }
    return folded.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a");
  }
}
