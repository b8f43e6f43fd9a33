package dev.berth.transfer;

/**
 * What a whole job came to.
 *
 * @param files that were to be moved, the failed ones included, the unchanged ones not
 * @param failed how many of them did not arrive
 * @param unchanged files that were there already
 * @param bytes moved, those of interrupted attempts included
 * @param resumedBytes not moved again after an interruption
 * @param deleted files, links and folders that a mirror removed, or would remove
 */
public record JobSummary(
    int files, int failed, int unchanged, long bytes, long resumedBytes, int deleted) {
  /** Of a job that removes nothing from a target. */
  public JobSummary(int files, int failed, int unchanged, long bytes, long resumedBytes) {
    this(files, failed, unchanged, bytes, resumedBytes, 0);
  }

  /** Whether everything that was to be done is done. */
  public boolean isComplete() {
    return failed == 0;
  }
}
