package dev.berth.dialects;

import dev.berth.dialects.Modified.Basis;
import dev.berth.dialects.Modified.Precision;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
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
  private static final Pattern FULL =
      Pattern.compile("(\\d{4})[-/.年년](\\d{1,2})[-/.月월](\\d{1,2})[日일]?");

  /** {@code 11-22}: recent files in {@code ls --time-style=iso}. */
  private static final Pattern SHORT = Pattern.compile("(\\d{2})-(\\d{2})");

  private static final Pattern MONTH_AND_DAY = Pattern.compile("(\\d{1,2}[月월])(\\d{1,2})[日일]");
  private static final Pattern MONTH = Pattern.compile("\\d{0,2}\\D{1,23}");
  private static final Pattern DAY = Pattern.compile("(\\d{1,2})[.日일]?");
  private static final Pattern YEAR = Pattern.compile("(\\d{4})[年년]?");
  private static final Pattern SIGNED_YEAR = Pattern.compile("(\\d{4})[年년]");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:\\.(\\d{1,9}))?)?");
  private static final Pattern OFFSET = Pattern.compile("[+-]\\d{4}");

  /** A word of the line, and where it ends. */
  record Word(String text, int end) {}

  /** A date that was found. */
  sealed interface Anchor {
    /** Where the name begins in the line. */
    int nameStart();

    /** A date that exists. */
    record Known(int nameStart, Modified modified) implements Anchor {}

    /** What looks like a date and is none, or has a month of a language we do not know. */
    record Doubtful(int nameStart, String why) implements Anchor {}
  }

  private record MonthDay(String month, int day, int next) {
    OptionalInt monthNumber() {
      return MonthNames.month(month);
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

  /** The date whose first word is this one, if one begins here and a name follows it. */
  Optional<Anchor> at(int first) {
    return fullDate(first).or(() -> shortDate(first)).or(() -> worded(first));
  }

  private Optional<Anchor> fullDate(int first) {
    return match(FULL, first)
        .flatMap(shape ->
            fullDate(
                first, new ListingClock.Day(number(shape, 1), number(shape, 2), number(shape, 3))));
  }

  private Optional<Anchor> fullDate(int first, ListingClock.Day day) {
    Optional<MatchResult> time = match(TIME, first + 1);
    if (time.isEmpty() || nameAfter(first + 1).isEmpty()) {
      return ListingClock.date(day)
          .map(date -> known(first, date))
          .orElseGet(() -> doubtful(first, first))
          .map(this::withoutPadding);
    }
    boolean withOffset = match(OFFSET, first + 2).isPresent() && time.get().group(3) != null;
    int last = withOffset ? first + 2 : first + 1;
    return ListingClock.date(day)
        .flatMap(date -> time(time.get()).map(date::atTime))
        .flatMap(exact -> withOffset ? stated(exact, last, time.get()) : assumed(exact, time.get()))
        .map(modified -> known(last, modified))
        .orElseGet(() -> doubtful(first, last));
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
    Optional<MatchResult> date = match(SHORT, first);
    Optional<MatchResult> time = match(TIME, first + 1);
    if (date.isEmpty() || time.isEmpty()) {
      return Optional.empty();
    }
    return recent(first, first + 1, number(date.get(), 1), number(date.get(), 2));
  }

  /** A date with the month in letters or with signs: {@code Nov 22 10:13}, {@code 22. Nov 2026}. */
  private Optional<Anchor> worded(int first) {
    Optional<MatchResult> signedYear = match(SIGNED_YEAR, first);
    if (signedYear.isPresent()) {
      return monthDay(first + 1)
          .flatMap(day -> withYear(first, day.next() - 1, number(signedYear.get(), 1), day));
    }
    return monthDay(first).flatMap(day -> afterMonthDay(first, day));
  }

  private Optional<Anchor> afterMonthDay(int first, MonthDay day) {
    int next = day.next();
    Optional<MatchResult> year = match(YEAR, next);
    if (year.isPresent()) {
      return withYear(first, next, number(year.get(), 1), day);
    }
    Optional<MatchResult> time = match(TIME, next);
    if (time.isEmpty()) {
      return Optional.empty();
    }
    Optional<MatchResult> yearBehind = match(YEAR, next + 1);
    if (time.get().group(3) != null && yearBehind.isPresent() && nameAfter(next + 1).isPresent()) {
      return withTimeAndYear(first, next, number(yearBehind.get(), 1), day);
    }
    OptionalInt month = day.monthNumber();
    return month.isPresent()
        ? recent(first, next, month.getAsInt(), day.day())
        : doubtful(first, next);
  }

  /** The form of {@code ls -lT}: {@code Nov 22 10:13:05 2026}. */
  private Optional<Anchor> withTimeAndYear(int first, int timeWord, int year, MonthDay day) {
    MatchResult shape = match(TIME, timeWord).orElseThrow();
    return date(year, day)
        .flatMap(date -> time(shape).map(date::atTime))
        .flatMap(exact -> assumed(exact, shape))
        .map(modified -> known(timeWord + 1, modified))
        .orElseGet(() -> doubtful(first, timeWord + 1));
  }

  private Optional<Anchor> withYear(int first, int last, int year, MonthDay day) {
    return date(year, day).map(date -> known(last, date)).orElseGet(() -> doubtful(first, last));
  }

  private static Optional<LocalDate> date(int year, MonthDay day) {
    int month = day.monthNumber().orElse(0);
    return ListingClock.date(new ListingClock.Day(year, month, day.day()));
  }

  private Optional<Anchor> recent(int first, int timeWord, int month, int day) {
    MatchResult shape = match(TIME, timeWord).orElseThrow();
    return time(shape)
        .flatMap(time -> clock.lastOccurrence(month, day, time))
        .flatMap(exact -> assumed(exact, shape))
        .map(modified -> known(timeWord, modified))
        .orElseGet(() -> doubtful(first, timeWord));
  }

  private Optional<MonthDay> monthDay(int first) {
    Optional<MatchResult> both = match(MONTH_AND_DAY, first);
    if (both.isPresent()) {
      return Optional.of(new MonthDay(both.get().group(1), number(both.get(), 2), first + 1));
    }
    return monthDay(first, first + 1, first + 2).or(() -> monthDay(first + 1, first, first + 2));
  }

  private Optional<MonthDay> monthDay(int monthWord, int dayWord, int next) {
    Optional<MatchResult> month = match(MONTH, monthWord);
    Optional<MatchResult> day = match(DAY, dayWord);
    return month.isPresent() && day.isPresent()
        ? Optional.of(new MonthDay(month.get().group(), number(day.get(), 1), next))
        : Optional.empty();
  }

  private Optional<Modified> assumed(LocalDateTime exact, MatchResult time) {
    return Optional.of(clock.at(exact, precision(time)));
  }

  /** {@code ls --full-time} tells the offset from UTC. */
  private Optional<Modified> stated(LocalDateTime exact, int offsetWord, MatchResult time) {
    try {
      ZoneOffset offset = ZoneOffset.of(words.get(offsetWord).text());
      return Optional.of(new Modified(exact.atZone(offset), precision(time), Basis.STATED));
    } catch (DateTimeException noSuchOffset) {
      return Optional.empty();
    }
  }

  private static Precision precision(MatchResult time) {
    if (time.group(3) == null) {
      return Precision.MINUTE;
    }
    return time.group(4) == null ? Precision.SECOND : Precision.FRACTION;
  }

  private static Optional<LocalTime> time(MatchResult time) {
    int second = time.group(3) == null ? 0 : number(time, 3);
    String fraction = time.group(4) == null ? "" : time.group(4);
    int nano = Integer.parseInt((fraction + "000000000").substring(0, 9));
    try {
      return Optional.of(LocalTime.of(number(time, 1), number(time, 2), second, nano));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private Optional<Anchor> known(int last, LocalDate date) {
    return known(last, clock.at(date.atStartOfDay(), Precision.DAY));
  }

  private Optional<Anchor> known(int last, Modified modified) {
    return nameAfter(last).stream()
        .mapToObj(start -> (Anchor) new Anchor.Known(start, modified))
        .findFirst();
  }

  private Optional<Anchor> doubtful(int first, int last) {
    String text =
        String.join(" ", words.subList(first, last + 1).stream().map(Word::text).toList());
    return nameAfter(last).stream()
        .mapToObj(start -> (Anchor) new Anchor.Doubtful(start, "not a known date: " + text))
        .findFirst();
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
    Matcher matcher = shape.matcher(MonthNames.withSigns(words.get(word).text()));
    return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
  }

  private static int number(MatchResult shape, int group) {
    return Integer.parseInt(shape.group(group));
  }
}
