package dev.berth.dialects;

import dev.berth.dialects.Observation.Said;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** What the rules may ask about one observation. Immutable; made by {@link #of}. */
final class Evidence {
  private static final int HALF = 2048;
  private static final int SECONDS_A_MINUTE = 60;
  private static final int MANY = 1_000_000;

  /** One comes last: in many languages it is the article, too. */
  private static final List<Map.Entry<Concept, Integer>> NUMERALS =
      List.of(Map.entry(Concept.TWO, 2), Map.entry(Concept.THREE, 3), Map.entry(Concept.ONE, 1));

  private final Observation observation;
  private final String words;
  private final Words table;
  private final Set<Concept> concepts;
  private final List<Numbers.Found> numbers;

  private Evidence(Observation observation, String words, Words table, Reading best) {
    this.observation = observation;
    this.words = words;
    this.table = table;
    this.concepts = best.found().concepts();
    this.numbers = Numbers.in(best.text());
  }

  private record Reading(String text, Words.Found found) {}

  /** Reads what was said in the charset in which most of it is understood. */
  static Evidence of(Observation observation, Words table) {
    String words =
        switch (observation.said()) {
          case Said.Coded coded -> coded.text();
          case Said.Quoted quoted -> quoted.text();
          case Said.Nothing nothing -> "";
        };
    return new Evidence(observation, words, table, best(withoutName(observation, words), table));
  }

  /** Of readings that are understood alike, the first: it is the text as it came. */
  private static Reading best(String text, Words table) {
    String cut = middleCut(text);
    Reading best = new Reading(cut, table.find(Folding.fold(cut)));
    for (String decoded : Decodings.besides(cut)) {
      Reading reading = new Reading(decoded, table.find(Folding.fold(decoded)));
      if (reading.found().weight() > best.found().weight()) {
        best = reading;
      }
    }
    return best;
  }

  /** ProFTPD and others put the file's name in front, and a name may say anything. */
  private static String withoutName(Observation observation, String words) {
    int end = words.indexOf(": ");
    return end > 0 && isAboutFiles(observation) ? words.substring(end) : words;
  }

  /** The codes about files (RFC 959 section 4.2.2), in a session. */
  private static boolean isAboutFiles(Observation observation) {
    return observation.phase() == Phase.SESSION
        && observation.said() instanceof Said.Coded coded
        && List.of(450, 550, 551, 553).contains(coded.code());
  }

  /** A long text means what its beginning and its end say; so that reading takes bounded time. */
  private static String middleCut(String text) {
    return text.length() <= 2 * HALF
        ? text
        : text.substring(0, HALF) + "\n" + text.substring(text.length() - HALF);
  }

  /** What the server said, word for word. */
  String words() {
    return words;
  }

  boolean isWordless() {
    return words.isBlank();
  }

  /** Whether there are two words at least: a bare "Sorry" tells nothing. */
  boolean isSentence() {
    return words.strip().contains(" ");
  }

  boolean isSilence() {
    return observation.said() instanceof Said.Nothing;
  }

  boolean isQuoted() {
    return observation.said() instanceof Said.Quoted;
  }

  boolean closed() {
    return observation.closed();
  }

  /** Whether the reply code is one about files, in a session. */
  boolean isAboutFiles() {
    return isAboutFiles(observation);
  }

  /** Whether the words speak of all of these. */
  boolean says(Concept... all) {
    for (Concept concept : all) {
      if (!concepts.contains(concept)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the words speak of one of these at least. */
  boolean saysAny(Concept... some) {
    for (Concept concept : some) {
      if (concepts.contains(concept)) {
        return true;
      }
    }
    return false;
  }

  boolean in(Phase... phases) {
    return List.of(phases).contains(observation.phase());
  }

  /** Whether the reply code is one of these. */
  boolean code(Integer... codes) {
    return observation.said() instanceof Said.Coded coded && List.of(codes).contains(coded.code());
  }

  /** Whether the reply code begins with this digit. */
  boolean codeBegins(int digit) {
    return observation.said() instanceof Said.Coded coded && coded.code() / 100 == digit;
  }

  /** How many whole numbers the words state. */
  int numbers() {
    return numbers.size();
  }

  /** The ceiling stated: the number in brackets, else the first, else a numeral. */
  Stated ceiling() {
    List<Numbers.Found> counts = numbers.stream().filter(found -> !isTime(found)).toList();
    OptionalInt figure =
        counts.stream()
            .filter(found -> found.value() < MANY)
            .sorted(Comparator.comparing(found -> !found.bracketed()))
            .mapToInt(Numbers.Found::value)
            .findFirst();
    if (figure.isPresent()) {
      return new Stated.Figure(figure.getAsInt());
    }
    return NUMERALS.stream()
        .filter(numeral -> concepts.contains(numeral.getKey()))
        .map(numeral -> (Stated) new Stated.Figure(numeral.getValue()))
        .findFirst()
        .orElse(new Stated.Nothing());
  }

  /** Whether a number is one of seconds or minutes. */
  boolean statesTime() {
    return numbers.stream().anyMatch(this::isTime);
  }

  /** The time stated, in seconds. */
  Stated time() {
    if (numbers.isEmpty()) {
      return new Stated.Nothing();
    }
    Numbers.Found found =
        numbers.stream().filter(this::isTime).findFirst().orElse(numbers.getFirst());
    boolean minutes =
        unit(found).contains(Concept.MINUTES) && !unit(found).contains(Concept.SECONDS);
    long seconds = (long) found.value() * (minutes ? SECONDS_A_MINUTE : 1);
    return new Stated.Figure((int) Math.min(seconds, Integer.MAX_VALUE));
  }

  private boolean isTime(Numbers.Found found) {
    return unit(found).contains(Concept.SECONDS) || unit(found).contains(Concept.MINUTES);
  }

  private Set<Concept> unit(Numbers.Found found) {
    return table.find(firstWord(Folding.fold(found.after()))).concepts();
  }

  private static String firstWord(String folded) {
    int end = folded.indexOf(' ', 1);
    return end < 0 ? folded : folded.substring(0, end + 1);
  }
}
