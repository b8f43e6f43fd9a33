package dev.berth.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a mistyped word was meant to be. */
public final class Nearest {
  private Nearest() {}

  /** The word nearest to a mistyped one, if any is near: at most every third character differs. */
  public static Optional<String> to(String mistyped, Collection<String> words) {
    return words.stream()
        .min(Comparator.comparingInt(word -> distance(mistyped, word)))
        .filter(word -> distance(mistyped, word) <= Math.max(2, word.length() / 3));
  }

  /** How many insertions, removals and replacements lead from one word to the other. */
  private static int distance(String from, String to) {
    if (!from.isEmpty() && to.startsWith(from)) {
      return 1;
    }
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
