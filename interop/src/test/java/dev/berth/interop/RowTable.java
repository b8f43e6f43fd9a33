package dev.berth.interop;

import dev.berth.interop.RowPlayer.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What came of the rows beside what other clients did with the same, in Markdown: the table of
 * docs/clients.md. May be filled by several threads.
 */
final class RowTable {
  /** Figures of others: situation, server, best client, its figures, usual client, its figures. */
  private static final String OTHERS = "other-clients.tsv";

  private static final int COLUMNS = 6;

  private final List<ClientRow> order = ClientRow.all();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Outcome> outcomes = new ArrayList<>(); // guarded by lock

  /**
   * Plays all rows of a situation, side by side where they mostly wait.
   *
   * @param folder an empty one
   * @throws ExecutionException when a row does not hold, the others having been played
   */
  void playAll(String situation, Path folder) throws Exception {
    List<ClientRow> rows = order.stream().filter(row -> row.situation().equals(situation)).toList();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("no such situation: " + situation);
    }
    boolean sideBySide = rows.getFirst().task().mostlyWaits();
    try (ExecutorService players = Executors.newFixedThreadPool(sideBySide ? rows.size() : 1)) {
      List<Callable<Boolean>> plays = new ArrayList<>();
      rows.forEach(row -> plays.add(() -> play(row, folder)));
      for (Future<Boolean> played : players.invokeAll(plays)) {
        played.get();
      }
    }
  }

  private boolean play(ClientRow row, Path folder) throws Exception {
    Path own = Files.createDirectory(folder.resolve(row.variant().toString()));
    return add(RowPlayer.play(row, own));
  }

  private boolean add(Outcome outcome) {
    System.out.println(outcome.row() + ": " + figures(outcome));
    lock.lock();
    try {
      return outcomes.add(outcome);
    } finally {
      lock.unlock();
    }
  }

  /** Writes the rows that were played, in the order of the table. */
  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("| what | server | Berth | the best of the others | the usual |");
    lines.add("|---|---|---|---|---|");
    List<String[]> others = others();
    lock.lock();
    try {
      outcomes.stream()
          .sorted(Comparator.comparing(outcome -> order.indexOf(outcome.row())))
          .forEach(outcome -> lines.add(line(outcome, others)));
    } finally {
      lock.unlock();
    }
    Files.write(file, lines);
  }

  private static String line(Outcome outcome, List<String[]> others) {
    ClientRow row = outcome.row();
    String[] other =
        others.stream()
            .filter(it -> it[0].equals(row.situation()) && it[1].equals(row.variant().toString()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(OTHERS + " lacks " + row));
    return "| %s | %s | %s | %s: %s | %s: %s |"
        .formatted(
            row.situation(),
            row.variant(),
            figures(outcome),
            other[2],
            other[3],
            other[4],
            other[5]);
  }

  /** Every row that gets so far ended with exit status 0. */
  private static String figures(Outcome outcome) {
    String resumed =
        outcome.resumedBytes() == 0 ? "" : " / %d resumed".formatted(outcome.resumedBytes());
    return "%d / 0 / %.1f / %d of %d%s"
        .formatted(
            outcome.files(),
            outcome.took().toMillis() / 1000.0,
            outcome.refused(),
            outcome.attempts(),
            resumed);
  }

  private static List<String[]> others() throws IOException {
    try (InputStream in = RowTable.class.getResourceAsStream(OTHERS);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> line.split("\t", COLUMNS)).toList();
    }
  }
}
