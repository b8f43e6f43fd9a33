package dev.berth.cli;

import dev.berth.transfer.Journal.Reach;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A job as it is remembered.
 *
 * @param token names it, twelve hexadecimal digits
 * @param server host and port
 * @param account who logged in
 * @param began when
 * @param words the command line, without secrets
 * @param files that were to be moved, as far as known
 * @param end how it ended, if it came to an end
 * @param stores the folder on the server that it stored in; empty if in none
 * @param reach whether also below that folder
 * @param isSwept whether what it left there is gone
 * @param failures the files that did not arrive, the first thousand
 */
record PastJob(
    String token,
    String server,
    String account,
    Instant began,
    List<String> words,
    int files,
    Optional<End> end,
    String stores,
    Reach reach,
    boolean isSwept,
    List<Failure> failures) {
  /** As many failures are kept of one job. */
  static final int MOST_FAILURES = 1000;

  /**
   * How it ended.
   *
   * @param took from its begin
   * @param exitStatus what the process ended with
   * @param files that were to be moved
   * @param failed of these
   * @param unchanged files that were there already
   * @param bytes moved
   * @param resumedBytes not moved again
   */
  record End(
      Duration took,
      int exitStatus,
      int files,
      int failed,
      int unchanged,
      long bytes,
      long resumedBytes) {}

  /**
   * A file that did not arrive.
   *
   * @param source where it was to come from
   * @param target where it was to go; may be empty
   * @param reason why it did not
   */
  record Failure(String source, String target, String reason) {}

  /**
   * A file that was under way when the job ended, and would go on.
   *
   * @param source where it comes from
   * @param target where it goes
   */
  record Unfinished(String source, String target) {}

  PastJob {
    words = List.copyOf(words);
    failures = List.copyOf(failures);
  }

  /** A moment as it is kept on disk: microseconds since 1970. */
  static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  /** The moment that {@link #micros} stands for. */
  static Instant moment(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** Whether all that was asked for was done. */
  boolean isDone() {
    return end.isPresent() && end.get().exitStatus() == ExitStatus.DONE.number();
  }

  /** Whether temporary files of it may still stand on the server. */
  boolean mayHaveLeft() {
    return !stores.isEmpty() && !isSwept && !isDone();
  }
}
