package dev.berth.dialects;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the members of a partitioned data set, as the FTP server of z/OS lists them: with the
 * statistics of ISPF, with none, or load modules. The sizes are records, and the space of a program
 * in memory: neither is a size in bytes of what RETR would send, so none is read.
 */
final class PdsListing implements ListingDialect {
  private static final Pattern HEADER = Pattern.compile("\\s*Name\\s+(?:VV\\.MM|Size)\\s.*");
  private static final String DAY = "(\\d{4})/(\\d{2})/(\\d{2})";

  /** Name, version and level, day of creation, day and time of change, three numbers, user. */
  private static final Pattern STATISTICS =
      Pattern.compile(
          "\\s*(\\S{1,20})\\s+\\d{2}\\.\\d{2}\\s+\\d{4}/\\d{2}/\\d{2}\\s+"
              + DAY
              + "\\s+(\\d{2}:\\d{2}(?::\\d{2})?)(?:\\s+\\d{1,9}){3}(?:\\s+(\\S{1,8}))?\\s*");

  /** Name, size, place, the name that it is another one of, authorization, attributes. */
  private static final Pattern MODULE =
      Pattern.compile(
          "\\s*(\\S{1,20})\\s+[0-9A-F]{6,8}\\s+[0-9A-F]{6,8}\\s+(?:\\S{1,8}\\s+)?\\d{2}(?:\\s.*)?");

  private static final Pattern NAME = Pattern.compile("\\s?([^\\s:]{1,8})\\s*");

  private final ListingClock clock;

  PdsListing(ListingClock clock) {
    this.clock = clock;
  }

  @Override
  public List<ListingLine> read(List<String> lines) {
    List<ListingLine> result = new ArrayList<>();
    boolean headed = false;
    for (String line : lines) {
      if (HEADER.matcher(line).matches()) {
        headed = true;
        result.add(new ListingLine.Ignored("the header of the listing"));
      } else {
        result.add(member(line, headed));
      }
    }
    return result;
  }

  /** A name alone is a member only where the header told that members follow. */
  private ListingLine member(String line, boolean headed) {
    Matcher statistics = STATISTICS.matcher(line);
    if (statistics.matches()) {
      return withStatistics(line, statistics);
    }
    Matcher module = MODULE.matcher(line);
    if (module.matches()) {
      return file(line, module.group(1)).done();
    }
    Matcher name = NAME.matcher(line);
    return headed && name.matches()
        ? file(line, name.group(1)).done()
        : ListingDialect.foreign(line);
  }

  private ListingLine withStatistics(String line, Matcher shape) {
    ListingClock.Day day =
        new ListingClock.Day(
            Integer.parseInt(shape.group(2)),
            Integer.parseInt(shape.group(3)),
            Integer.parseInt(shape.group(4)));
    EntryDraft member =
        file(line, shape.group(1))
            .modified(clock.at(day, shape.group(5)), line.substring(shape.start(2), shape.end(5)));
    return (shape.group(6) == null ? member : member.owner(shape.group(6))).done();
  }

  private static EntryDraft file(String line, String name) {
    return new EntryDraft(line, name, ListingEntry.Type.FILE);
  }
}
