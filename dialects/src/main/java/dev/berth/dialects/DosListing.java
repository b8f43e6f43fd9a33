package dev.berth.dialects;

import dev.berth.dialects.Modified.Precision;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lines in the style of MS-DOS {@code dir}, as IIS sends them: date, time, a size or a marker
 * such as {@code <DIR>}, the name.
 */
final class DosListing {
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(\\d{1,4})([-/.])(\\d{1,2})\\2(\\d{2}|\\d{4})[ \\t]+"
              + "(\\d{1,2})[:.](\\d{2})(?::(\\d{2}))?[ \\t]?([AaPp])?\\.?[Mm]?\\.?[ \\t]+"
              + "(<[A-Za-z]{3,10}>|[0-9][0-9,.'\\u2019\\u00a0\\u202f]*)[ \\t](.+)",
          Pattern.DOTALL);

  private static final Pattern START = Pattern.compile("\\s*\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{2}");

  /** {@code cmd.exe} and IIS fill a marker up to this width before the name. */
  private static final int MARKER_WIDTH = 15;

  private final ListingClock clock;

  DosListing(ListingClock clock) {
    this.clock = clock;
  }

  /** Whether the line begins with a date in digits; no line in Unix style does. */
  static boolean looksLike(String line) {
    return START.matcher(line).lookingAt();
  }

  ListingLine parse(String line) {
    Matcher shape = LINE.matcher(line);
    if (!shape.matches()) {
      return new ListingLine.Unreadable(line, "no date, time, size or marker, and name");
    }
    String marker = shape.group(9);
    boolean marked = marker.startsWith("<");
    String name = marked ? afterMarker(shape) : shape.group(10);
    ListingEntry.Type type = marked ? type(marker) : ListingEntry.Type.FILE;
    int bracket =
        type == ListingEntry.Type.LINK && name.endsWith("]") ? name.lastIndexOf(" [") : -1;
    String target = bracket < 0 ? "" : name.substring(bracket + 2, name.length() - 1);
    if (bracket >= 0) {
      name = name.substring(0, bracket);
    }
    if (name.equals(".") || name.equals("..")) {
      return new ListingLine.Ignored("the folder itself or its parent");
    }
    if (name.isEmpty() || Math.max(name.length(), target.length()) > ListingEntry.MAX_NAME) {
      return new ListingLine.Unreadable(
          line, "a name or target not of 1 to " + ListingEntry.MAX_NAME + " characters");
    }
    ListingEntry.Builder entry = ListingEntry.named(name, type);
    if (!target.isEmpty()) {
      entry.target(target);
    }
    List<String> doubts = new ArrayList<>();
    if (!marked) {
      size(entry, marker, doubts);
    }
    modified(entry, shape, doubts);
    return new ListingLine.Entry(entry.build(), doubts);
  }

  /** Spaces beyond the width of the marker's column belong to the name. */
  private static String afterMarker(Matcher shape) {
    String rest = shape.group(10);
    int filling = MARKER_WIDTH - shape.group(9).length() - 1;
    boolean filled = rest.length() > filling && rest.substring(0, filling).isBlank();
    return filled ? rest.substring(filling) : rest.stripLeading();
  }

  private static ListingEntry.Type type(String marker) {
    return switch (marker.toUpperCase(Locale.ROOT)) {
      case "<DIR>" -> ListingEntry.Type.FOLDER;
      case "<JUNCTION>", "<SYMLINKD>", "<SYMLINK>" -> ListingEntry.Type.LINK;
      default -> ListingEntry.Type.OTHER;
    };
  }

  private static void size(ListingEntry.Builder entry, String text, List<String> doubts) {
    OptionalLong size = ListingNumber.grouped(text);
    if (size.isPresent()) {
      entry.size(size.getAsLong());
    } else {
      doubts.add("not a size: " + text);
    }
  }

  private void modified(ListingEntry.Builder entry, Matcher shape, List<String> doubts) {
    Precision precision = shape.group(7) == null ? Precision.MINUTE : Precision.SECOND;
    Optional<Modified> modified =
        ListingClock.date(day(shape))
            .flatMap(date -> time(shape).map(date::atTime))
            .map(exact -> clock.at(exact, precision));
    if (modified.isPresent()) {
      entry.modified(modified.get());
    } else {
      doubts.add("not a date and time: " + shape.group().substring(0, shape.start(9)).strip());
    }
  }

  /**
   * The order of the numbers. IIS sends month, day, year with hyphens in every country; with dots
   * it is day, month, year; a number above 12 cannot be the month; four digits in front are the
   * year.
   */
  private static ListingClock.Day day(Matcher shape) {
    int first = number(shape, 1);
    int second = number(shape, 3);
    int third = number(shape, 4);
    if (shape.group(1).length() == 4) {
      return new ListingClock.Day(first, second, third);
    }
    int year = shape.group(4).length() == 4 ? third : century(third);
    boolean dayFirst = shape.group(2).equals(".") || first > 12;
    return dayFirst
        ? new ListingClock.Day(year, second, first)
        : new ListingClock.Day(year, first, second);
  }

  /** Two digits: no file on such a disk is older than 1970. */
  private static int century(int year) {
    return year < 70 ? 2000 + year : 1900 + year;
  }

  /** 12 AM is midnight, 12 PM noon; with an hour above 12 the letter says nothing new. */
  private static Optional<LocalTime> time(Matcher shape) {
    int hour = number(shape, 5);
    String half = shape.group(8) == null ? "" : shape.group(8).toUpperCase(Locale.ROOT);
    if (half.equals("A") && hour == 12) {
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
