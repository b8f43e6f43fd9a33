package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The jobs of the past, from the database and from files of jobs that it has not taken in yet. */
final class History {
  /**
   * One job, and how it stands.
   *
   * @param isRunning whether its process lives
   */
  record Remembered(PastJob job, boolean isRunning) {}

  /**
   * What one job did not bring to its place.
   *
   * @param failures the files that did not arrive
   * @param unfinished the big files that it had under way
   */
  record Missing(List<PastJob.Failure> failures, List<PastJob.Unfinished> unfinished) {}

  private History() {}

  /**
   * All that is remembered, the oldest first.
   *
   * @throws IOException if it cannot be read
   */
  static List<Remembered> all(Path stateFolder, Consumer<String> notes) throws IOException {
    JobFiles files = new JobFiles(stateFolder);
    Map<String, Remembered> all = new HashMap<>();
    try (JournalStore store = JournalStore.open(stateFolder, notes)) {
      store.begin();
      List<String> taken =
          takeIn(files, store, job -> all.put(job.token(), new Remembered(job, true)), notes);
      store.commit();
      forget(files, taken, notes);
      for (PastJob job : store.jobs()) {
        all.putIfAbsent(job.token(), new Remembered(job, false));
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
    List<Remembered> sorted = new ArrayList<>(all.values());
    sorted.sort(Comparator.comparing(it -> it.job().began()));
    return sorted;
  }

  /** What is missing of a job that has ended. */
  static Missing missing(Path stateFolder, String token, Consumer<String> notes)
      throws IOException {
    try (JournalStore store = JournalStore.open(stateFolder, notes)) {
      return new Missing(store.failures(token), store.unfinished(token));
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private static IOException unreadable(SQLException cause) {
    return new IOException("the journal cannot be read: " + cause.getMessage(), cause);
  }

  /**
   * Takes jobs that have ended into the database, within a transaction. Who is killed before that
   * is committed, or before their files are deleted, does no harm: they are taken in again.
   *
   * @param running takes those that have not ended
   * @return whose files are of no more use once the transaction is committed: see {@link #forget}
   */
  static List<String> takeIn(
      JobFiles files, JournalStore store, Consumer<PastJob> running, Consumer<String> notes)
      throws SQLException {
    Instant now = Instant.now();
    List<String> taken = new ArrayList<>();
    try {
      for (String token : files.tokens()) {
        boolean isAlive = files.isAlive(token);
        Optional<PastJob> job = files.read(token);
        if (isAlive) {
          job.ifPresent(running);
          continue;
        }
        if (job.isPresent()) {
          store.keep(job.get());
        }
        if (job.isEmpty() || !isNeeded(job.get(), now)) {
          taken.add(token);
        }
      }
    } catch (IOException e) {
      notes.accept("the history cannot be brought up to date: " + Failures.reason(e));
    }
    store.prune(now);
    return taken;
  }

  /**
   * Whether the file of a job that has ended is to stay: as long as the job may have left something
   * on a server, it tells whose that is.
   */
  static boolean isNeeded(PastJob job, Instant now) {
    return job.mayHaveLeft() && job.began().isAfter(now.minus(JournalStore.KEPT));
  }

  /** Deletes the files of jobs that the database has for certain. */
  static void forget(JobFiles files, List<String> taken, Consumer<String> notes) {
    try {
      for (String token : taken) {
        files.delete(token);
      }
    } catch (IOException e) {
      notes.accept("the history cannot be brought up to date: " + Failures.reason(e));
    }
  }
}
