package dev.berth.dialects;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The table of words: stems of all languages, each of one {@link Concept}. Immutable.
 *
 * <p>A stem is the beginning of a word, or of several words; {@code stem_} is a whole word; {@code
 * *stem} stands anywhere in a word, as does every stem in a script without spaces.
 */
final class Words {
  private static final String TABLE = "refusal-words.tsv";
  private static final Pattern NO_SPACES =
      Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]");

  /** Shorter stems would be found in any word with a lost letter. */
  private static final int LOSABLE = 6;

  /** A stem as it is searched in folded text. */
  private record Needle(Concept concept, String folded) {}

  /**
   * What was found in a text.
   *
   * @param concepts the concepts named
   * @param weight how much of the text was understood; long words count for more, since short ones
   *     turn up by chance
   */
  record Found(Set<Concept> concepts, long weight) {}

  private final List<Needle> needles;

  private Words(List<Needle> needles) {
    this.needles = List.copyOf(needles);
  }

  /**
   * Reads the table from this module.
   *
   * @throws IllegalStateException if a row is not concept, language, stems, source
   * @throws UncheckedIOException if the table cannot be read
   */
  static Words load() {
    return load(language -> true);
  }

  /** Reads the rows of the languages that pass. */
  static Words load(Predicate<String> languages) {
    List<Needle> needles = new ArrayList<>();
    try (InputStream table = Words.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException("this module lacks " + TABLE);
      }
      var reader = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8));
      reader
          .lines()
          .filter(row -> !row.isBlank() && !row.startsWith("#"))
          .forEach(row -> addRow(row, languages, needles));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + TABLE, e);
    }
    return new Words(needles);
  }

  private static void addRow(String row, Predicate<String> languages, List<Needle> needles) {
    String[] cells = row.split("\t", -1);
    if (cells.length != 4) {
      throw new IllegalStateException("not concept, language, stems, source: " + row);
    }
    if (languages.test(cells[1])) {
      Concept concept = Concept.valueOf(cells[0]);
      for (String stem : cells[2].split(", ", -1)) {
        needles.add(new Needle(concept, needle(stem)));
      }
    }
  }

  private static String needle(String stem) {
    String folded = Folding.fold(stem).strip();
    if (folded.isEmpty()) {
      throw new IllegalStateException("a stem without letters: \"" + stem + "\"");
    }
    boolean anywhere = stem.startsWith("*") || NO_SPACES.matcher(folded).find();
    return (anywhere ? "" : " ") + folded + (stem.endsWith("_") ? " " : "");
  }

  /** Searches folded text for every stem. */
  Found find(String folded) {
    Set<Concept> concepts = EnumSet.noneOf(Concept.class);
    long weight = 0;
    boolean lost = folded.indexOf(Folding.LOST) >= 0;
    for (Needle needle : needles) {
      String stem = needle.folded();
      boolean found =
          (lost && stem.length() >= LOSABLE) ? reads(folded, stem) : folded.contains(stem);
      if (found) {
        concepts.add(needle.concept());
        weight += weight(stem);
      }
    }
    return new Found(concepts, weight);
  }

  /** Long stems count for more; a Chinese sign counts as three letters, but one alone for none. */
  private static long weight(String stem) {
    long letters = stem.strip().length() - 1L;
    long signs = NO_SPACES.matcher(stem).find() ? 3 : 1;
    return letters * signs * letters * signs;
  }

  /** As {@code contains}, where a lost letter equals any letter. */
  private static boolean reads(String text, String needle) {
    for (int at = 0; at + needle.length() <= text.length(); at++) {
      int i = 0;
      while (i < needle.length() && same(text.charAt(at + i), needle.charAt(i))) {
        i++;
      }
      if (i == needle.length()) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(char read, char wanted) {
    return read == wanted || (read == Folding.LOST && Character.isLetter(wanted));
  }
}
