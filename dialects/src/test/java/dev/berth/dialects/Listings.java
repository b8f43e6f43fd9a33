package dev.berth.dialects;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Writes what a line was read as on one line, so that tables of cases can be read. */
final class Listings {
  /** The time of all listings in these tests. */
  static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");

  private Listings() {}

  static String read(ListingParser.Form form, String line) {
    return read(form, line, NOW, ZoneOffset.UTC);
  }

  static String read(ListingParser.Form form, String line, Instant now, ZoneId zone) {
    return describe(new ListingParser(form, now, zone).parse(line));
  }

  static String describe(ListingLine line) {
    return switch (line) {
      case ListingLine.Ignored ignored -> "ignored: " + ignored.why();
      case ListingLine.OtherFolder other -> "folder: " + other.pathname();
      case ListingLine.Unreadable unreadable -> "unreadable: " + unreadable.why();
      case ListingLine.Entry(ListingEntry entry, List<String> doubts) ->
          describe(entry) + (doubts.isEmpty() ? "" : " " + doubts);
    };
  }

  /** {@code FILE 5 2026-11-22T10:13Z rw-r--r-- owner:group "name" -> "target"}, _ for unknown. */
  private static String describe(ListingEntry entry) {
    String size =
        entry.sizeBytes().isPresent() ? Long.toString(entry.sizeBytes().getAsLong()) : "_";
    return String.join(
        " ",
        entry.type().name(),
        size,
        entry.modified().map(Modified::iso8601).orElse("_"),
        entry.permissions().orElse("_"),
        entry.owner().orElse("_") + ":" + entry.group().orElse("_"),
        "\"" + entry.name() + "\"" + entry.target().map(t -> " -> \"" + t + "\"").orElse(""));
  }

  /** Pairs of a line and what it must be read as, apart from each other by {@code " == "}. */
  static List<Row> rows(String table) {
    return table.lines().filter(row -> !row.isEmpty()).map(Row::of).toList();
  }

  record Row(String line, String expected) {
    static Row of(String text) {
      int middle = text.lastIndexOf(" == ");
      return new Row(text.substring(0, middle).replace("\\s", " "), text.substring(middle + 4));
    }

    @Override
    public String toString() {
      return line;
    }
  }
}
