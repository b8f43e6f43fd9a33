package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The jobs of the past, from the database and from files of jobs that it has not taken in yet. */
final class History {
  private static final Duration KEPT = Duration.ofDays(90);

  /**
   * One job, and how it stands.
   *
   * @param isRunning whether its process lives
   * @param unfinished the big files that it had under way
   */
  record Remembered(PastJob job, boolean isRunning, List<PastJob.Unfinished> unfinished) {}

  private History() {}

  /**
   * All that is remembered, the oldest first.
   *
   * @throws IOException if it cannot be read
   */
  static List<Remembered> all(Path stateFolder, Consumer<String> notes) throws IOException {
    JobFiles files = new JobFiles(stateFolder);
    TreeMap<String, Remembered> all = new TreeMap<>();
    try (JournalStore store = JournalStore.open(stateFolder, notes)) {
      for (String token : files.tokens()) {
        Optional<PastJob> job = files.read(token);
        if (job.isPresent() && files.isAlive(token)) {
          all.put(token, new Remembered(job.get(), true, List.of()));
        }
      }
      store.begin();
      takeIn(files, store, notes);
      store.commit();
      for (PastJob job : store.jobs()) {
        all.putIfAbsent(job.token(), new Remembered(job, false, store.unfinished(job.token())));
      }
    } catch (SQLException e) {
      throw new IOException("the journal cannot be read: " + e.getMessage(), e);
    }
    List<Remembered> sorted = new ArrayList<>(all.values());
    sorted.sort(Comparator.comparing(it -> it.job().began()));
    return sorted;
  }

  /** The files of a job that did not arrive. */
  static List<PastJob.Failure> failures(Path stateFolder, String token, Consumer<String> notes)
      throws IOException {
    try (JournalStore store = JournalStore.open(stateFolder, notes)) {
      return store.failures(token);
    } catch (SQLException e) {
      throw new IOException("the journal cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Takes jobs that have ended into the database, within a transaction, and deletes their files. A
   * file stays as long as the job may have left something on a server: it tells whose that is.
   */
  static void takeIn(JobFiles files, JournalStore store, Consumer<String> notes)
      throws SQLException {
    Instant now = Instant.now();
    try {
      for (String token : files.tokens()) {
        if (files.isAlive(token)) {
          continue;
        }
        Optional<PastJob> job = files.read(token);
        if (job.isPresent()) {
          store.keep(job.get());
        }
        boolean isNeeded =
            job.isPresent()
                && job.get().mayHaveLeft()
                && job.get().began().isAfter(now.minus(KEPT));
        if (!isNeeded) {
          files.delete(token);
        }
      }
    } catch (IOException e) {
      notes.accept("the history cannot be brought up to date: " + Failures.reason(e));
    }
    store.prune(now);
  }
}
