package dev.berth.pool;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;

/** What became of trying to have one connection more. */
sealed interface Attempt {
  /** Here it is. The caller closes the lease. */
  record Opened(Lease lease) implements Attempt {}

  /** The server turned it away. The budget has learned from it. */
  record TurnedAway(Refusal refusal, Phase phase) implements Attempt {}

  /** No connection came about, though others work. */
  record Unreachable(String reason) implements Attempt {}

  /**
   * The budget did not allow one in time.
   *
   * @param explanation one sentence
   */
  record NoRoom(String explanation) implements Attempt {}

  static Attempt of(Leasing.Leased leased) {
    return new Opened(leased.lease());
  }
}
