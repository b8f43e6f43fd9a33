package dev.berth.dialects;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the Guardian listings of HP NonStop (Tandem): file, file code, end of file in bytes, last
 * modification, owner as group and user, and who may read, write, execute and purge.
 */
final class NonStopListing {
  private static final Pattern HEADER = Pattern.compile("File\\s+Code\\s+EOF\\s.*\\sRWEP\\s*");

  /** An O behind name or code tells that the file is open. */
  private static final Pattern LINE =
      Pattern.compile(
          "(\\S{1,30})\\s+(?:O\\s+)?\\d{1,5}[A-Z+]?\\s+(?:O\\s+)?(\\d{1,30})\\s+"
              + "(\\d{1,2})-([A-Za-z]{3})-(\\d{2,4})\\s+(\\d{1,2}:\\d{2}:\\d{2})\\s+"
              + "(\\d{1,3}),\\s*(\\d{1,3})\\s+\"[^\"]{1,9}\"\\s*");

  private final ListingClock clock;

  private NonStopListing(ListingClock clock) {
    this.clock = clock;
  }

  static ListingDialect dialect(ListingClock clock) {
    return ListingDialect.ofLines(new NonStopListing(clock)::line);
  }

  private ListingLine line(String line) {
    Matcher shape = LINE.matcher(line);
    if (!shape.matches()) {
      return HEADER.matcher(line).matches()
          ? new ListingLine.Ignored("the header of the listing")
          : ListingDialect.foreign(line);
    }
    return new EntryDraft(line, shape.group(1), ListingEntry.Type.FILE)
        .size(shape.group(2))
        .modified(time(shape), line.substring(shape.start(3), shape.end(6)))
        .owner(shape.group(8))
        .group(shape.group(7))
        .done();
  }

  private Optional<Modified> time(Matcher shape) {
    OptionalInt month = MonthNames.month(shape.group(4));
    int day = Integer.parseInt(shape.group(3));
    return clock.at(
        new ListingClock.Day(ListingClock.year(shape.group(5)), month.orElse(0), day),
        shape.group(6));
  }
}
