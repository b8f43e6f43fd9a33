package dev.berth.transfer;

import java.time.Duration;

/**
 * How jobs work.
 *
 * @param parallel how many files may be under way at once, at least 1; how many connections that
 *     takes is the budget's business
 * @param patience how long a file may wait for a connection while none works
 * @param dryRun plan only: nothing is moved or made
 * @param verify how what has arrived is compared with its source
 */
public record TransferSettings(int parallel, Duration patience, boolean dryRun, Verify verify) {
  public TransferSettings {
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel must be at least 1: " + parallel);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("a wait is not negative: " + patience);
    }
  }

  /** Settings under which sizes are compared. */
  public TransferSettings(int parallel, Duration patience, boolean dryRun) {
    this(parallel, patience, dryRun, Verify.SIZE);
  }
}
