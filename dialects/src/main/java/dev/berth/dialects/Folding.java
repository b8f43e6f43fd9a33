package dev.berth.dialects;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Folds text and stems alike, so that they can be compared: compatibility forms, lower case, no
 * diacritics, no punctuation. A run of digits becomes {@code #}; words are parted by one space.
 *
 * <p>Two letters written for one ({@code ue} for {@code ü}, {@code aa} for {@code å}) fold to one.
 * A question mark within a word stands for a letter that was lost on the way: {@link #LOST}.
 */
final class Folding {
  /** Stands for one letter that nobody knows. */
  static final char LOST = '?';

  /** A text that lost more letters than this is not worth guessing at. */
  private static final int MOST_LOST = 32;

  private static final String GAP = " ";

  private Folding() {}

  /** Returns the folded text, with a space before the first word and after the last. */
  static String fold(String text) {
    String plain = withoutMarks(text);
    StringBuilder folded = new StringBuilder(plain.length() + 2).append(GAP);
    int lost = 0;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (Character.isLetter(c)) {
        addLetter(folded, c);
      } else if (Character.isDigit(c) || c == '#') {
        addOnce(folded, "#");
      } else if (c == LOST && lost < MOST_LOST && isBetweenLetters(plain, i)) {
        folded.append(LOST);
        lost++;
      } else {
        addOnce(folded, GAP);
      }
    }
    addOnce(folded, GAP);
    return folded.toString();
  }

  private static String withoutMarks(String text) {
    String lower = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder plain = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i++) {
      if (Character.getType(lower.charAt(i)) != Character.NON_SPACING_MARK) {
        plain.append(lower.charAt(i));
      }
    }
    return Normalizer.normalize(plain, Normalizer.Form.NFC);
  }

  private static void addLetter(StringBuilder folded, char letter) {
    char before = folded.charAt(folded.length() - 1);
    boolean second =
        (letter == 'e' && (before == 'a' || before == 'o' || before == 'u'))
            || (letter == 'a' && before == 'a');
    if (!second) {
      // Letters with a stroke or of two letters do not decompose.
      switch (letter) {
        case 'ł' -> folded.append('l');
        case 'ø', 'œ' -> folded.append('o');
        case 'đ', 'ð' -> folded.append('d');
        case 'ı' -> folded.append('i');
        case 'æ' -> folded.append('a');
        case 'ß' -> folded.append("ss");
        default -> folded.append(letter);
      }
    }
  }

  private static void addOnce(StringBuilder folded, String mark) {
    if (folded.charAt(folded.length() - 1) != mark.charAt(0)) {
      folded.append(mark);
    }
  }

  private static boolean isBetweenLetters(String text, int at) {
    return at > 0
        && at + 1 < text.length()
        && Character.isLetter(text.charAt(at - 1))
        && Character.isLetter(text.charAt(at + 1));
  }
}
