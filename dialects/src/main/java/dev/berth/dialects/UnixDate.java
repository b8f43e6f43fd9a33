package dev.berth.dialects;

import dev.berth.dialects.ListingClock.Day;
import dev.berth.dialects.Modified.Basis;
import dev.berth.dialects.Modified.Precision;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the date in the words of a Unix listing line. The date is the anchor of the line: before it
 * stand columns that servers leave out, add or glue together; after it, one space and the name.
 */
final class UnixDate {
  /** {@code 2026-11-22}, also in Chinese, Japanese or Korean. */
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})[-/.年년](\\d{1,2})[-/.月월](\\d{1,2})[日일]?");

  /** {@code 22-11-2026}. */
  private static final Pattern YEAR_LAST =
      Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})");

  /** {@code 22-nov-26}. */
  private static final Pattern NAMED_MONTH =
      Pattern.compile("(\\d{1,2})-(\\D{3,20})-(\\d{2}|\\d{4})");

  /** {@code 11-22}: recent files in {@code ls --time-style=iso}. */
  private static final Pattern SHORT = Pattern.compile("(\\d{2})-(\\d{2})");

  private static final Pattern MONTH_AND_DAY = Pattern.compile("(\\d{1,2}[月월])(\\d{1,2})[日일]");
  private static final Pattern MONTH = Pattern.compile("\\d{0,2}\\D{1,23}");
  private static final Pattern MONTH_NUMBER = Pattern.compile("\\d{1,2}");
  private static final Pattern DAY = Pattern.compile("(\\d{1,2})[.日일]?");
  private static final Pattern YEAR = Pattern.compile("(\\d{4})[年년]?");
  private static final Pattern SIGNED_YEAR = Pattern.compile("(\\d{4})[年년]");
  private static final Pattern SIGNED_MONTH = Pattern.compile("\\d{1,2}[月월].*");
  private static final Pattern OFFSET = Pattern.compile("[+-]\\d{4}");
  private static final Pattern WORD = Pattern.compile("[^ \\t]+");

  /** More words than columns and date ever have; a name may have any number behind them. */
  private static final int MOST_WORDS = 32;

  /** A word of the line, and where it ends. */
  record Word(String text, int end) {
    int start() {
      return end - text.length();
    }
  }

  /** A date that was found. */
  sealed interface Anchor {
    /** Where the name begins in the line. */
    int nameStart();

    /** A date that exists. */
    record Known(int nameStart, Modified modified) implements Anchor {}

    /** What looks like a date and is none, or has a month of a language we do not know. */
    record Doubtful(int nameStart, String why) implements Anchor {}
  }

  /** Month and day, and the number of the word behind them; month 0 is of no known language. */
  private record MonthDay(int month, int day, int next) {
    Day of(int year) {
      return new Day(year, month, day);
    }
  }

  private final ListingClock clock;
  private final String line;
  private final List<Word> words;

  UnixDate(ListingClock clock, String line, List<Word> words) {
    this.clock = clock;
    this.line = line;
    this.words = words;
  }

  /** The words of a line from a place on, no more than can matter. */
  static List<Word> words(String line, int from) {
    List<Word> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    word.region(from, line.length());
    while (words.size() < MOST_WORDS && word.find()) {
      words.add(new Word(word.group(), word.end()));
    }
    return words;
  }

  /** The date whose first word is this one, if one begins here and a name follows it. */
  Optional<Anchor> at(int first) {
    return oneWord(first)
        .flatMap(day -> wholeDate(first, day))
        .or(() -> shortDate(first))
        .or(() -> worded(first));
  }

  /** Day, month and year in one word. */
  private Optional<Day> oneWord(int first) {
    return match(YEAR_FIRST, first)
        .map(shape -> new Day(number(shape, 1), number(shape, 2), number(shape, 3)))
        .or(() -> match(YEAR_LAST, first).map(UnixDate::dayFirst))
        .or(() -> match(NAMED_MONTH, first).map(UnixDate::namedMonth));
  }

  private static Day dayFirst(MatchResult shape) {
    boolean monthFirst = number(shape, 3) > 12;
    return new Day(
        number(shape, 4), number(shape, monthFirst ? 1 : 3), number(shape, monthFirst ? 3 : 1));
  }

  private static Day namedMonth(MatchResult shape) {
    int month = MonthNames.month(shape.group(2)).orElse(0);
    return new Day(ListingClock.year(shape.group(3)), month, number(shape, 1));
  }

  private Optional<Anchor> wholeDate(int first, Day day) {
    if (!isTime(first + 1) || nameAfter(first + 1).isEmpty()) {
      return anchor(first, first, clock.at(day, "")).map(this::withoutPadding);
    }
    boolean withOffset = match(OFFSET, first + 2).isPresent() && hasSeconds(first + 1);
    Optional<Modified> time = clock.at(day, text(first + 1));
    return withOffset
        ? anchor(first, first + 2, time.flatMap(assumed -> stated(assumed, first + 2)))
        : anchor(first, first + 1, time);
  }

  /**
   * {@code ls --time-style=iso} fills the date of an old file up to the width of a recent one's.
   */
  private Anchor withoutPadding(Anchor anchor) {
    int start = anchor.nameStart();
    boolean padded = line.charAt(start) == ' ' && start + 1 < line.length();
    return switch (anchor) {
      case Anchor.Known known when padded -> new Anchor.Known(start + 1, known.modified());
      case Anchor.Doubtful doubtful when padded -> new Anchor.Doubtful(start + 1, doubtful.why());
      case Anchor.Known known -> known;
      case Anchor.Doubtful doubtful -> doubtful;
    };
  }

  private Optional<Anchor> shortDate(int first) {
    return match(SHORT, first)
        .map(shape -> new MonthDay(number(shape, 1), number(shape, 2), first + 1))
        .flatMap(day ->
            isTime(day.next()) ? recent(first, day.next(), day) : withYearBehind(first, day));
  }

  private Optional<Anchor> withYearBehind(int first, MonthDay day) {
    return match(YEAR, day.next())
        .flatMap(year -> anchor(first, day.next(), clock.at(day.of(number(year, 1)), "")));
  }

  /** A date with the month in letters or with signs: {@code Nov 22 10:13}, {@code 22. Nov 2026}. */
  private Optional<Anchor> worded(int first) {
    boolean yearFirst =
        match(SIGNED_YEAR, first).isPresent()
            || (match(YEAR, first).isPresent() && match(SIGNED_MONTH, first + 1).isPresent());
    if (yearFirst) {
      int year = number(match(YEAR, first).orElseThrow(), 1);
      return monthDay(first + 1)
          .flatMap(day -> anchor(first, day.next() - 1, clock.at(day.of(year), "")));
    }
    return monthDay(first).flatMap(day -> afterMonthDay(first, day)).or(() -> numberedMonth(first));
  }

  private Optional<Anchor> afterMonthDay(int first, MonthDay day) {
    int next = day.next();
    Optional<MatchResult> year = match(YEAR, next);
    if (year.isPresent()) {
      boolean comma = words.get(next - 1).text().endsWith(",");
      return comma && isTime(next + 1)
          ? anchor(first, next + 1, clock.at(day.of(number(year.get(), 1)), text(next + 1)))
          : withYearBehind(first, day);
    }
    if (!isTime(next)) {
      return Optional.empty();
    }
    // The form of ls -lT: Nov 22 10:13:05 2026.
    Optional<MatchResult> yearBehind = match(YEAR, next + 1);
    return hasSeconds(next) && yearBehind.isPresent() && nameAfter(next + 1).isPresent()
        ? anchor(first, next + 1, clock.at(day.of(number(yearBehind.get(), 1)), text(next)))
        : recent(first, next, day);
  }

  /** {@code 11 22 10:13}: only with a time behind it, for two numbers may be anything. */
  private Optional<Anchor> numberedMonth(int first) {
    boolean dated =
        match(MONTH_NUMBER, first).isPresent()
            && match(MONTH_NUMBER, first + 1).isPresent()
            && isTime(first + 2);
    return dated
        ? recent(
            first,
            first + 2,
            new MonthDay(
                Integer.parseInt(text(first)), Integer.parseInt(text(first + 1)), first + 2))
        : Optional.empty();
  }

  private Optional<Anchor> recent(int first, int timeWord, MonthDay day) {
    Optional<Modified> modified =
        TimeOfDay.read(text(timeWord))
            .flatMap(time ->
                clock
                    .lastOccurrence(day.month(), day.day(), time.time())
                    .map(exact -> clock.at(exact, time.precision())));
    return anchor(first, timeWord, modified);
  }

  private Optional<MonthDay> monthDay(int first) {
    return match(MONTH_AND_DAY, first)
        .map(both -> new MonthDay(month(both.group(1)), number(both, 2), first + 1))
        .or(() -> monthDay(first, first + 1, first + 2))
        .or(() -> monthDay(first + 1, first, first + 2));
  }

  private Optional<MonthDay> monthDay(int monthWord, int dayWord, int next) {
    Optional<MatchResult> month = match(MONTH, monthWord);
    Optional<MatchResult> day = match(DAY, dayWord);
    return month.isPresent() && day.isPresent()
        ? Optional.of(new MonthDay(month(month.get().group()), number(day.get(), 1), next))
        : Optional.empty();
  }

  private static int month(String name) {
    return MonthNames.month(name).orElse(0);
  }

  /** {@code ls --full-time} tells the offset from UTC. */
  private Optional<Modified> stated(Modified assumed, int offsetWord) {
    try {
      ZoneOffset offset = ZoneOffset.of(text(offsetWord));
      return Optional.of(
          new Modified(
              assumed.time().toLocalDateTime().atZone(offset), assumed.precision(), Basis.STATED));
    } catch (DateTimeException noSuchOffset) {
      return Optional.empty();
    }
  }

  private boolean isTime(int word) {
    return word < words.size() && TimeOfDay.isShaped(text(word));
  }

  private boolean hasSeconds(int timeWord) {
    return TimeOfDay.read(text(timeWord))
        .filter(time -> time.precision() != Precision.MINUTE)
        .isPresent();
  }

  /** The date in these words; a doubtful one if it does not exist; none if no name follows. */
  private Optional<Anchor> anchor(int first, int last, Optional<Modified> modified) {
    OptionalInt name = nameAfter(last);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String text =
        String.join(" ", words.subList(first, last + 1).stream().map(Word::text).toList());
    return Optional.of(
        modified
            .<Anchor>map(time -> new Anchor.Known(name.getAsInt(), time))
            .orElseGet(() -> new Anchor.Doubtful(name.getAsInt(), "not a known date: " + text)));
  }

  /** Exactly one space parts date and name: others belong to the name. */
  private OptionalInt nameAfter(int word) {
    int start = words.get(word).end() + 1;
    return start < line.length() ? OptionalInt.of(start) : OptionalInt.empty();
  }

  private Optional<MatchResult> match(Pattern shape, int word) {
    if (word >= words.size()) {
      return Optional.empty();
    }
    Matcher matcher = shape.matcher(MonthNames.withSigns(text(word)));
    return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
  }

  /** The word without a comma behind it. */
  private String text(int word) {
    String text = words.get(word).text();
    return text.length() > 1 && text.endsWith(",") ? text.substring(0, text.length() - 1) : text;
  }

  private static int number(MatchResult shape, int group) {
    return Integer.parseInt(shape.group(group));
  }
}
