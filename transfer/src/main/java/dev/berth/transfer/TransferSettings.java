package dev.berth.transfer;

import java.time.Duration;

/**
 * How jobs work.
 *
 * @param parallel how many files may be under way at once, at least 1; how many connections that
 *     takes is the budget's business
 * @param patience how long a file may wait for a connection while none works
 * @param dryRun plan only: nothing is moved or made
 */
public record TransferSettings(int parallel, Duration patience, boolean dryRun) {
  public TransferSettings {
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel must be at least 1: " + parallel);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("a wait is not negative: " + patience);
    }
  }

  /** Eight files at once, and ten minutes of patience: as the program {@code berth} has it. */
  public static TransferSettings standard() {
    return new TransferSettings(8, Duration.ofMinutes(10), false);
  }
}
