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
    }
    listener.finished(result);
  }

  @Override
  public void noted(String sentence) {
    listener.noted(sentence);
  }

  /** Whether this, and nothing else, is why files failed, if any did. */
  boolean isNoneBut(Cause cause) {
    return failures.keySet().stream().allMatch(cause::equals);
  }
}
