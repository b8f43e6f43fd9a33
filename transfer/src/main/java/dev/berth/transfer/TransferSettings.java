package dev.berth.transfer;

import java.time.Duration;

/**
 * How jobs work.
 *
 * @param parallel how many files may be under way at once, at least 1; how many connections that
 *     takes is the budget's business
 * @param patience how long a file may wait for a connection while none works
 * @param dryRun plan only: nothing is moved, made or removed
 * @param verify how what has arrived is compared with its source
 * @param permissions what becomes of the permissions of files that are moved
 * @param bandwidth how fast files are moved, all of them together
 */
public record TransferSettings(
    int parallel,
    Duration patience,
    boolean dryRun,
    Verify verify,
    Permissions permissions,
    Bandwidth bandwidth) {
  /** What becomes of the permissions of files that are moved. */
  public enum Permissions {
    /** They are as the other side makes them. */
    NEW,
    /** They are taken over, as far as the server tells them and can set them. */
    KEPT
  }

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

  /** With sizes compared and new permissions, as fast as can be. */
  public TransferSettings(int parallel, Duration patience, boolean dryRun) {
    this(parallel, patience, dryRun, Verify.SIZE, Permissions.NEW, Bandwidth.unlimited());
  }

  /** The same with another comparison of what has arrived. */
  public TransferSettings with(Verify other) {
    return new TransferSettings(parallel, patience, dryRun, other, permissions, bandwidth);
  }

  /** The same with other permissions. */
  public TransferSettings with(Permissions other) {
    return new TransferSettings(parallel, patience, dryRun, verify, other, bandwidth);
  }

  /** The same with another bandwidth. */
  public TransferSettings with(Bandwidth other) {
    return new TransferSettings(parallel, patience, dryRun, verify, permissions, other);
  }
}
