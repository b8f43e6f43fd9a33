package dev.berth.dialects;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads listings of VM: CMS files on minidisks and in the Shared File System (SFS), with or without
 * a file mode, and files of the Byte File System (BFS).
 *
 * <p>A CMS file has records: their number and length tell no size in bytes. Its name and its type,
 * in columns of their own, make the name that commands take: {@code PROFILE EXEC} is {@code
 * PROFILE.EXEC}.
 */
final class CmsListing {
  private static final String DATE = "(\\d{4}-\\d{2}-\\d{2}|\\d{1,2}/\\d{1,2}/\\d{2,4})";
  private static final String TIME = "(\\d{1,2}:\\d{2}:\\d{2})";

  /** Name, type (no folder has one), file mode, format, three numbers, date, time, disk. */
  private static final Pattern CMS =
      Pattern.compile(
          "\\s{0,2}(\\S{1,20})\\s+(?:(\\S{1,20})\\s+)??(?:[A-Z]\\d?\\s+)?(F|V|DIR)\\s+"
              + "(?:(?:\\d{1,19}|-)\\s+){2,3}"
              + DATE
              + "\\s+"
              + TIME
              + "(?:\\s+\\S{1,20})?\\s*");

  /** Date, time, kind, records or links, size, name in quotes. */
  private static final Pattern BFS =
      Pattern.compile(
          DATE
              + "\\s+"
              + TIME
              + "\\s+([A-Z])\\s+(?:\\d{1,19}|-)\\s+(\\d{1,30}|-)\\s+(?:'(.+)'|([^'].*))",
          Pattern.DOTALL);

  private static final Pattern HEADER = Pattern.compile("Filename\\s+FileType\\s.*");

  private final ListingClock clock;

  private CmsListing(ListingClock clock) {
    this.clock = clock;
  }

  static ListingDialect dialect(ListingClock clock) {
    return ListingDialect.ofLines(new CmsListing(clock)::line);
  }

  private ListingLine line(String line) {
    Matcher cms = CMS.matcher(line);
    if (cms.matches()) {
      return recordFile(line, cms);
    }
    Matcher bfs = BFS.matcher(line);
    if (bfs.matches()) {
      return byteFile(line, bfs);
    }
    return HEADER.matcher(line).matches()
        ? new ListingLine.Ignored("the header of the listing")
        : ListingDialect.foreign(line);
  }

  private ListingLine recordFile(String line, Matcher shape) {
    boolean folder = shape.group(3).equals("DIR");
    String name = shape.group(2) == null ? shape.group(1) : shape.group(1) + "." + shape.group(2);
    return new EntryDraft(line, name, folder ? ListingEntry.Type.FOLDER : ListingEntry.Type.FILE)
        .modified(time(shape.group(4), shape.group(5)), shape.group(4) + " " + shape.group(5))
        .done();
  }

  private ListingLine byteFile(String line, Matcher shape) {
    String name = shape.group(5) == null ? shape.group(6) : shape.group(5);
    ListingEntry.Type type =
        switch (shape.group(3)) {
          case "F" -> ListingEntry.Type.FILE;
          case "D" -> ListingEntry.Type.FOLDER;
          case "L", "S" -> ListingEntry.Type.LINK;
          default -> ListingEntry.Type.OTHER;
        };
    EntryDraft entry =
        new EntryDraft(line, name, type)
            .modified(time(shape.group(1), shape.group(2)), shape.group(1) + " " + shape.group(2));
    return (shape.group(4).equals("-") ? entry : entry.size(shape.group(4))).done();
  }

  /** With hyphens the year is first, with slashes the month. */
  private Optional<Modified> time(String date, String time) {
    String[] numbers = date.split("[-/]", -1);
    boolean yearFirst = date.indexOf('-') > 0;
    ListingClock.Day day =
        new ListingClock.Day(
            ListingClock.year(numbers[yearFirst ? 0 : 2]),
            Integer.parseInt(numbers[yearFirst ? 1 : 0]),
            Integer.parseInt(numbers[yearFirst ? 2 : 1]));
    return clock.at(day, time);
  }
}
