package dev.berth.dialects;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
   * A stem as it is searched in folded text. Not a record: it is found once however often it stands
   * in a text, and its identity is the cheapest key for that.
   */
  private static final class Stem {
    private final Concept concept;

    /** Folded, with a space at its end if it is a whole word. */
    private final String letters;

    /** Whether it may stand within a word. */
    private final boolean anywhere;

    Stem(Concept concept, String letters, boolean anywhere) {
      this.concept = concept;
      this.letters = letters;
      this.anywhere = anywhere;
    }

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

  private Words(Map<Character, List<Stem>> stems) {
    this.stems = stems;
  }

  /**
   * Reads the table from this module. A program that starts pays for this, so it is written in
   * plain loops: patterns, streams and lambdas cost more to set up than the work they do here.
   *
   * @throws IllegalStateException if a row is not concept, language, stems, source
   * @throws UncheckedIOException if the table cannot be read
   */
  static Words load() {
    return loadWithout("");
  }

  /** Reads the table but for the rows of this language. */
  static Words loadWithout(String language) {
    String table = text();
    Map<Character, List<Stem>> stems = new HashMap<>();
    int at = 0;
    while (at < table.length()) {
      int end = table.indexOf('\n', at);
      int next = end < 0 ? table.length() : end;
      if (next > at && table.charAt(at) != '#') {
        addRow(table.substring(at, next), language, stems);
      }
      at = next + 1;
    }
    return new Words(stems);
  }

  private static String text() {
    try (InputStream table = Words.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException("this module lacks " + TABLE);
      }
      return new String(table.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + TABLE, e);
    }
  }

  private static void addRow(String row, String unwanted, Map<Character, List<Stem>> stems) {
    int first = row.indexOf('\t');
    int second = row.indexOf('\t', first + 1);
    int third = row.indexOf('\t', second + 1);
    if (first < 0 || second < 0 || third < 0 || row.indexOf('\t', third + 1) >= 0) {
      throw new IllegalStateException("not concept, language, stems, source: " + row);
    }
    if (!row.substring(first + 1, second).equals(unwanted)) {
      Concept concept = Concept.valueOf(row.substring(0, first));
      addStems(concept, row.substring(second + 1, third), stems);
    }
  }

  private static void addStems(Concept concept, String cell, Map<Character, List<Stem>> stems) {
    int at = 0;
    while (at <= cell.length()) {
      int comma = cell.indexOf(", ", at);
      int end = comma < 0 ? cell.length() : comma;
      Stem stem = stem(concept, cell.substring(at, end));
      List<Stem> same = stems.get(stem.letters.charAt(0));
      if (same == null) {
        same = new ArrayList<>();
        stems.put(stem.letters.charAt(0), same);
      }
      same.add(stem);
      at = end + 2;
    }
  }

  private static Stem stem(Concept concept, String written) {
    String letters = Folding.fold(written).strip();
    if (letters.isEmpty()) {
      throw new IllegalStateException("a stem without letters: \"" + written + "\"");
    }
    boolean anywhere = written.startsWith("*");
    for (int i = 0; i < letters.length() && !anywhere; i++) {
      anywhere = Folding.isSign(letters.charAt(i));
    }
    return new Stem(concept, letters + (written.endsWith("_") ? " " : ""), anywhere);
  }

  /** Searches folded text for every stem. What is inside a phrase of {@code AGAIN} says nothing. */
  Found find(String folded) {
    Set<Stem> found = new HashSet<>();
    int at = 1;
    while (at < folded.length()) {
      at += Math.max(1, findAt(folded, at, found));
    }
    Set<Concept> concepts = EnumSet.noneOf(Concept.class);
    long weight = 0;
    for (Stem stem : found) {
      concepts.add(stem.concept);
      weight += stem.weight();
    }
    return new Found(concepts, weight);
  }

  /** Adds the stems that stand here; returns the length of the one that hides what is in it. */
  private int findAt(String folded, int at, Set<Stem> found) {
    List<Stem> candidates = stems.get(folded.charAt(at));
    if (candidates == null) {
      return 0;
    }
    boolean begins = folded.charAt(at - 1) == ' ';
    int hidden = 0;
    for (Stem stem : candidates) {
      if ((begins || stem.anywhere) && stem.standsAt(folded, at)) {
        found.add(stem);
        if (stem.concept == Concept.AGAIN) {
          hidden = Math.max(hidden, stem.letters.length());
        }
      }
    }
    return hidden;
  }
}
