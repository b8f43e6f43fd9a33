package dev.berth.dialects;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads listings of the FTP servers of OS/2: size, attributes, month-day-year, time, name. The word
 * DIR among the attributes makes a folder. After 1999 years have three digits on some ({@code
 * 103}).
 */
final class Os2Listing {
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(\\d{1,30})((?:\\s+[A-Za-z]{1,5}){0,4})\\s+(\\d{1,2})-(\\d{1,2})-(\\d{2,4})\\s+"
              + "(\\d{1,2}:\\d{2}) {1,2}(.+)",
          Pattern.DOTALL);

  private final ListingClock clock;

  private Os2Listing(ListingClock clock) {
    this.clock = clock;
  }

  static ListingDialect dialect(ListingClock clock) {
    return ListingDialect.ofLines(new Os2Listing(clock)::line);
  }

  private ListingLine line(String line) {
    Matcher shape = LINE.matcher(line);
    if (!shape.matches()) {
      return ListingDialect.foreign(line);
    }
    boolean folder = (shape.group(2).toUpperCase(Locale.ROOT) + " ").contains(" DIR ");
    ListingClock.Day day =
        new ListingClock.Day(
            ListingClock.year(shape.group(5)),
            Integer.parseInt(shape.group(3)),
            Integer.parseInt(shape.group(4)));
    return new EntryDraft(
            line, shape.group(7), folder ? ListingEntry.Type.FOLDER : ListingEntry.Type.FILE)
        .size(shape.group(1))
        .modified(clock.at(day, shape.group(6)), line.substring(shape.start(3), shape.end(6)))
        .done();
  }
}
