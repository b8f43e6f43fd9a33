package dev.berth.cli;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Jobs of the past as people read them, a line each. */
final class HistoryText {
  /** As many digits tell a thousand jobs apart; all are in JSON. */
  static final int ID_DIGITS = 8;

  private HistoryText() {}

  /** {@code 3f9a01bc 2026-11-23 01:10:05 done, 12 of 12 files, 3.0 MiB in 2.0s: berth get ...}. */
  static String line(History.Remembered remembered) {
    PastJob job = remembered.job();
    return job.token().substring(0, ID_DIGITS)
        + " "
        + time(job.began())
        + " "
        + words(remembered)
        + ": berth "
        + command(job.words());
  }

  private static String time(Instant instant) {
    LocalDateTime local =
        LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.SECONDS), ZoneId.systemDefault());
    String time = local.toLocalTime().toString();
    return local.toLocalDate() + " " + (time.length() == 5 ? time + ":00" : time);
  }

  private static String words(History.Remembered remembered) {
    PastJob job = remembered.job();
    if (remembered.isRunning() || job.end().isEmpty()) {
      String planned = job.files() == 0 ? "" : ", " + job.files() + " files planned";
      return state(remembered) + planned;
    }
    PastJob.End end = job.end().get();
    String resumed =
        end.resumedBytes() > 0 ? ", " + Sizes.format(end.resumedBytes()) + " resumed" : "";
    String unchanged = end.unchanged() > 0 ? ", " + end.unchanged() + " unchanged" : "";
    return state(remembered)
        + ", "
        + (end.files() - end.failed())
        + " of "
        + end.files()
        + " files, "
        + Sizes.format(end.bytes())
        + " in "
        + JobRunner.seconds(end.took())
        + unchanged
        + resumed;
  }

  /** How it stands, in a word or two. */
  static String state(History.Remembered remembered) {
    if (remembered.isRunning()) {
      return "running";
    }
    return remembered
        .job()
        .end()
        .map(end ->
            switch (end.exitStatus()) {
              case 0 -> "done";
              case 3 -> "incomplete";
              case 4 -> "no connection";
              case 5 -> "credentials refused";
              case 6 -> "unverified";
              case 130 -> "interrupted";
              default -> "ended with " + end.exitStatus();
            })
        .orElse("killed");
  }

  static String line(PastJob.Failure failure) {
    return "  failed: "
        + way(failure.source(), failure.target())
        + ": "
        + Masking.text(failure.reason());
  }

  static String line(PastJob.Unfinished file) {
    return "  unfinished: " + way(file.source(), file.target());
  }

  /** From where to where; a source alone where that is all there is. */
  static String way(String source, String target) {
    return target.isEmpty() ? source : source + " -> " + target;
  }

  /** The words of a command line as a shell takes them. */
  static String command(List<String> words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      line.append(line.isEmpty() ? "" : " ").append(isPlain(word) ? word : quoted(word));
    }
    return line.toString();
  }

  private static boolean isPlain(String word) {
    return !word.isEmpty()
        && word.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/:@%+=.,_-".indexOf(c) >= 0);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
