package dev.berth.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** The rows of "Clients against our server" in docs/clients.md. Any thread. */
final class GuestTable {
  private static final String BEGIN = "<!-- guests:";
  private static final String END = "<!-- end of guests -->";

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, String> rows = new TreeMap<>(); // guarded by lock; by client

  /** Adds a row, and returns it. */
  String add(Guest guest, String version, Map<Column, String> cells) {
    String row =
        "| %s | %s | %s | %s |"
            .formatted(
                guest.name(),
                version,
                Arrays.stream(Column.values()).map(cells::get).collect(Collectors.joining(" | ")),
                guest.note());
    lock.lock();
    try {
      rows.put(guest.name(), row);
    } finally {
      lock.unlock();
    }
    return row;
  }

  /** Writes the rows there are, in an order. */
  void write(Path file, List<String> order) throws IOException {
    String titles =
        Arrays.stream(Column.values()).map(Column::title).collect(Collectors.joining(" | "));
    StringBuilder text = new StringBuilder();
    text.append("| client | version | ").append(titles).append(" | |\n");
    text.append("|---|---|").append("---|".repeat(Column.values().length)).append("---|\n");
    lock.lock();
    try {
      order.stream()
          .filter(rows::containsKey)
          .map(rows::get)
          .forEach(row -> text.append(row).append('\n'));
    } finally {
      lock.unlock();
    }
    Files.writeString(file, text);
  }

  /** What docs/clients.md says of a client; empty if nothing. */
  static String committed(String client) throws IOException {
    Path document = Programs.peers().resolveSibling("docs/clients.md");
    return Files.readAllLines(document).stream()
        .dropWhile(line -> !line.startsWith(BEGIN))
        .takeWhile(line -> !line.equals(END))
        .filter(line -> line.startsWith("| " + client + " |"))
        .findFirst()
        .orElse("");
  }

  /** A row with what a distribution may change any day left out. */
  static String withoutVersion(String row) {
    return row.replaceFirst("^(\\| [^|]* \\|) [^|]* \\|", "$1");
  }
}
