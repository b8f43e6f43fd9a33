package dev.berth.dialects;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The table of words: stems of all languages, each of one {@link Concept}. Immutable.
 *
 * <p>A stem is the beginning of a word, or of several words; {@code stem_} is a whole word; {@code
 * *stem} stands anywhere in a word, as does every stem in a script without spaces.
 */
final class Words {
  private static final String TABLE = "refusal-words.tsv";

  /** Shorter stems would be found in any word with a lost letter. */
  private static final int LOSABLE = 5;

  /** One of the signs that write a word without spaces says as much as this many letters. */
  private static final int LETTERS_A_SIGN = 3;

  /**
   * A stem as it is searched in folded text.
   *
   * @param concept what it speaks of
   * @param letters the folded stem, with a space at its end if it is a whole word
   * @param anywhere whether it may stand within a word
   */
  private record Stem(Concept concept, String letters, boolean anywhere) {
    /** Long stems count for more, since short ones turn up by chance; one sign counts nothing. */
    long weight() {
      long length = letters.strip().length() - 1L;
      long weighed = length * (anywhere ? LETTERS_A_SIGN : 1);
      return weighed * weighed;
    }

    /** Whether it stands at this place; a lost letter equals any letter. */
    boolean standsAt(String text, int at) {
      if (letters.length() < LOSABLE) {
        return text.startsWith(letters, at);
      }
      int i = 0;
      while (i < letters.length() && at + i < text.length() && equal(text.charAt(at + i), i)) {
        i++;
      }
      return i == letters.length();
    }

    private boolean equal(char read, int index) {
      char wanted = letters.charAt(index);
      return read == wanted || (read == Folding.LOST && Character.isLetter(wanted));
    }
  }

  /**
   * What was found in a text.
   *
   * @param concepts the concepts named
   * @param weight how much of the text was understood; long words count for more, since short ones
   *     turn up by chance
   */
  record Found(Set<Concept> concepts, long weight) {}

  /** The stems by their first character. */
  private final Map<Character, List<Stem>> stems;

  private Words(List<Stem> stems) {
    this.stems = stems.stream().collect(Collectors.groupingBy(stem -> stem.letters().charAt(0)));
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
    List<Stem> stems = new ArrayList<>();
    try (InputStream table = Words.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException("this module lacks " + TABLE);
      }
      var reader = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8));
      reader
          .lines()
          .filter(row -> !row.isBlank() && !row.startsWith("#"))
          .forEach(row -> addRow(row, languages, stems));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + TABLE, e);
    }
    return new Words(stems);
  }

  private static void addRow(String row, Predicate<String> languages, List<Stem> stems) {
    String[] cells = row.split("\t", -1);
    if (cells.length != 4) {
      throw new IllegalStateException("not concept, language, stems, source: " + row);
    }
    if (languages.test(cells[1])) {
      Concept concept = Concept.valueOf(cells[0]);
      for (String stem : cells[2].split(", ", -1)) {
        stems.add(stem(concept, stem));
      }
    }
  }

  private static Stem stem(Concept concept, String written) {
    String letters = Folding.fold(written).strip();
    if (letters.isEmpty()) {
      throw new IllegalStateException("a stem without letters: \"" + written + "\"");
    }
    boolean anywhere = written.startsWith("*") || letters.chars().anyMatch(Words::isSign);
    return new Stem(concept, letters + (written.endsWith("_") ? " " : ""), anywhere);
  }

  /** Whether it is of a script without spaces, or without spaces in the right places. */
  private static boolean isSign(int letter) {
    return switch (Character.UnicodeScript.of(letter)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
      default -> false;
    };
  }

  /** Searches folded text for every stem. */
  Found find(String folded) {
    Set<Stem> found = new HashSet<>();
    for (int at = 1; at < folded.length(); at++) {
      boolean begins = folded.charAt(at - 1) == ' ';
      for (Stem stem : stems.getOrDefault(folded.charAt(at), List.of())) {
        if ((begins || stem.anywhere()) && stem.standsAt(folded, at)) {
          found.add(stem);
        }
      }
    }
    Set<Concept> concepts = EnumSet.noneOf(Concept.class);
    found.forEach(stem -> concepts.add(stem.concept()));
    return new Found(concepts, found.stream().mapToLong(Stem::weight).sum());
  }
}
