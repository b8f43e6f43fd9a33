package dev.berth.cli;

import dev.berth.transfer.FileResult;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.transfer.JobListener;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts why files failed, and passes everything on. One call at a time, as a {@link JobListener}.
 */
final class Outcomes implements JobListener {
  private final JobListener listener;
  private final Map<Cause, Integer> failures = new EnumMap<>(Cause.class);
  private String lastFailure = "";

  Outcomes(JobListener listener) {
    this.listener = listener;
  }

  @Override
  public void planned(int files, long bytes) {
    listener.planned(files, bytes);
  }

  @Override
  public void finished(FileResult result) {
    if (result.outcome() instanceof FileResult.Failed failed) {
      failures.merge(failed.cause(), 1, Integer::sum);
      lastFailure = result.source() + ": " + failed.reason();
    }
    listener.finished(result);
  }

  @Override
  public void noted(String sentence) {
    listener.noted(sentence);
  }

  /** What failed last, and why; empty if nothing did. */
  String lastFailure() {
    return lastFailure;
  }

  /** Whether this, and nothing else, is why files failed, if any did. */
  boolean isNoneBut(Cause cause) {
    return failures.keySet().stream().allMatch(cause::equals);
  }
}
