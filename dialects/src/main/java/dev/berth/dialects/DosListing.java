package dev.berth.dialects;

import dev.berth.dialects.Modified.Precision;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lines in the style of MS-DOS {@code dir}, as IIS sends them: date, time, a size or a marker
 * such as {@code <DIR>}, the name.
 */
final class DosListing implements ListingDialect {
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(\\d{1,4})([-/.])(\\d{1,2})\\2(\\d{2}|\\d{4})[ \\t]+"
              + "(\\d{1,2})[:.](\\d{2})(?::(\\d{2}))?[ \\t]?([AaPp])?\\.?[Mm]?\\.?[ \\t]+"
              + "(<[A-Za-z]{3,10}>|[0-9][0-9,.'\\u2019\\u00a0\\u202f]*)[ \\t](.+)",
          Pattern.DOTALL);

  /** {@code cmd.exe} and IIS fill a marker up to this width before the name. */
  private static final int MARKER_WIDTH = 15;

  private final ListingClock clock;

  private DosListing(ListingClock clock) {
    this.clock = clock;
  }

  static ListingDialect dialect(ListingClock clock) {
    return new DosListing(clock);
  }

  @Override
  public List<ListingLine> read(List<String> lines) {
    boolean dayFirst =
        lines.stream().anyMatch(line -> isAboveTwelve(line, 1))
            && lines.stream().noneMatch(line -> isAboveTwelve(line, 3));
    return lines.stream().map(line -> line(line, dayFirst)).toList();
  }

  private ListingLine line(String line, boolean dayFirst) {
    Matcher shape = LINE.matcher(line);
    if (!shape.matches()) {
      return ListingDialect.foreign(line);
    }
    String marker = shape.group(9);
    boolean marked = marker.startsWith("<");
    ListingEntry.Type type = marked ? type(marker) : ListingEntry.Type.FILE;
    EntryDraft entry = named(line, marked ? afterMarker(shape) : shape.group(10), type);
    if (!marked) {
      entry.size(marker);
    } else if (isWide(shape)) {
      entry.doubt("spaces before the name may belong to it");
    }
    String text = line.substring(0, shape.start(9)).strip();
    return entry.modified(time(shape, dayFirst), text).done();
  }

  /** Links have their target behind the name, in square brackets. */
  private static EntryDraft named(String line, String name, ListingEntry.Type type) {
    int bracket =
        type == ListingEntry.Type.LINK && name.endsWith("]") ? name.lastIndexOf(" [") : -1;
    return bracket < 0
        ? new EntryDraft(line, name, type)
        : new EntryDraft(line, name.substring(0, bracket), type)
            .target(name.substring(bracket + 2, name.length() - 1));
  }

  /**
   * All spaces behind a marker are taken for filling: servers differ in its width, and a folder
   * whose name begins with a space is rarer than such a server.
   */
  private static String afterMarker(Matcher shape) {
    return shape.group(10).stripLeading();
  }

  private static boolean isWide(Matcher shape) {
    int spaces = shape.group(10).length() - afterMarker(shape).length();
    return shape.group(9).length() + 1 + spaces > MARKER_WIDTH;
  }

  private static ListingEntry.Type type(String marker) {
    return switch (marker.toUpperCase(Locale.ROOT)) {
      case "<DIR>" -> ListingEntry.Type.FOLDER;
      case "<JUNCTION>", "<SYMLINKD>", "<SYMLINK>" -> ListingEntry.Type.LINK;
      default -> ListingEntry.Type.OTHER;
    };
  }

  private Optional<Modified> time(Matcher shape, boolean dayFirst) {
    Precision precision = shape.group(7) == null ? Precision.MINUTE : Precision.SECOND;
    return ListingClock.date(day(shape, dayFirst))
        .flatMap(date -> time(shape).map(date::atTime))
        .map(exact -> clock.at(exact, precision));
  }

  /** Such a number cannot be the month. */
  private static boolean isAboveTwelve(String line, int group) {
    Matcher shape = LINE.matcher(line);
    return shape.matches() && shape.group(1).length() < 4 && number(shape, group) > 12;
  }

  /**
   * The order of the numbers. IIS sends month, day, year with hyphens in every country; with dots
   * it is day, month, year; else what the listing tells. Four digits in front are the year.
   */
  private static ListingClock.Day day(Matcher shape, boolean dayFirst) {
    int first = number(shape, 1);
    int second = number(shape, 3);
    if (shape.group(1).length() == 4) {
      return new ListingClock.Day(first, second, number(shape, 4));
    }
    int year = ListingClock.year(shape.group(4));
    boolean swapped = shape.group(2).equals(".") || first > 12 || dayFirst;
    return swapped
        ? new ListingClock.Day(year, second, first)
        : new ListingClock.Day(year, first, second);
  }

  /**
   * 12 AM is midnight, 12 PM noon; with an hour above 12 the letter says nothing new. Windows CE
   * counts the hours of a day from 1 to 24, and 24 is the first.
   */
  private static Optional<LocalTime> time(Matcher shape) {
    int hour = number(shape, 5);
    String half = shape.group(8) == null ? "" : shape.group(8).toUpperCase(Locale.ROOT);
    if (hour == 24 || (half.equals("A") && hour == 12)) {
      hour = 0;
    } else if (half.equals("P") && hour < 12) {
      hour += 12;
    }
    int second = shape.group(7) == null ? 0 : number(shape, 7);
    try {
      return Optional.of(LocalTime.of(hour, number(shape, 6), second));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private static int number(Matcher shape, int group) {
    return Integer.parseInt(shape.group(group));
  }
}
