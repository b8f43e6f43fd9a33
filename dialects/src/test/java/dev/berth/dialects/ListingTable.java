package dev.berth.dialects;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The listings of {@code listings.tsv}: all rows of one kind, in their order, are one listing. */
final class ListingTable {
  /**
   * A row of the table.
   *
   * @param kind of server, and what of it, as in {@code vms/ucx}
   * @param expected the columns behind the line, but the last
   * @param peer the last column: how Apache Commons Net differs
   */
  record Row(String kind, String line, List<String> expected, String peer) {
    private static Row of(String text) {
      List<String> columns = List.of(text.split("\t", -1));
      if (columns.size() != 13) {
        throw new IllegalArgumentException(columns.size() + " columns: " + text);
      }
      return new Row(
          columns.get(0), unescaped(columns.get(1)), columns.subList(2, 12), columns.get(12));
    }

    String name() {
      return unescaped(expected.get(0));
    }

    String type() {
      return expected.get(1);
    }

    String size() {
      return expected.get(2);
    }
  }

  private ListingTable() {}

  /** The listings by their kinds. */
  static Map<String, List<Row>> listings() {
    Map<String, List<Row>> listings = new LinkedHashMap<>();
    for (String text : text().lines().filter(it -> !it.startsWith("#")).toList()) {
      Row row = Row.of(text);
      listings.computeIfAbsent(row.kind(), kind -> new ArrayList<>()).add(row);
    }
    return listings;
  }

  /** The lines of a listing, as its server sends them. */
  static List<String> lines(List<Row> listing) {
    return listing.stream().map(Row::line).toList();
  }

  /** A line that was read, in the form of the table. */
  static List<String> columns(ListingLine line) {
    return switch (line) {
      case ListingLine.Entry(ListingEntry entry, List<String> doubts) -> columns(entry, doubts);
      case ListingLine.Ignored ignored -> columns("_", "IGNORED", ignored.why());
      case ListingLine.OtherFolder other -> columns(other.pathname(), "HEADER", "_");
      case ListingLine.Unreadable unreadable -> columns("_", "UNREADABLE", unreadable.why());
    };
  }

  private static List<String> columns(String name, String type, String why) {
    return List.of(name, type, "_", "_", "_", "_", "_", "_", "_", why);
  }

  private static List<String> columns(ListingEntry entry, List<String> doubts) {
    return List.of(
        escaped(entry.name()),
        entry.type().name(),
        entry.sizeBytes().stream().mapToObj(Long::toString).findFirst().orElse("_"),
        entry.modified().map(Modified::iso8601).orElse("_"),
        entry.modified().map(time -> time.precision().name()).orElse("_"),
        entry.owner().orElse("_"),
        entry.group().orElse("_"),
        entry.permissions().orElse("_"),
        entry.target().orElse("_"),
        doubts.isEmpty() ? "_" : String.join("; ", doubts));
  }

  private static String unescaped(String text) {
    return text.replace("\\t", "\t").replace("\\s", " ");
  }

  private static String escaped(String name) {
    String ended = name.stripTrailing();
    return ended.replace("\t", "\\t") + "\\s".repeat(name.length() - ended.length());
  }

  private static String text() {
    try (InputStream in = ListingTable.class.getResourceAsStream("listings.tsv")) {
      if (in == null) {
        throw new IllegalStateException("no listings.tsv");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
