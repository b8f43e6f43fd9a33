package dev.berth.gateway;

import java.time.Duration;

/**
 * How a transfer moves, and for how long its client has held it up. Immutable; looked on from time
 * to time.
 *
 * @param mark how many bytes had moved when enough of them had last
 * @param sinceNanos when that was, or when it was last the server that was waited for; by {@link
 *     System#nanoTime}
 * @param hasMoved whether there ever was enough
 * @param stoodNanos for how long it stood still in all, up to then
 */
record Stall(long mark, long sinceNanos, boolean hasMoved, long stoodNanos) {
  /**
   * Less is no progress: at the shortest patience 1.3 KB/s, which a line of GPRS has. A peer that
   * sends a byte now and then would hold its connection for ever.
   */
  static final int LEAST_BYTES = 4096;

  /** Shorter pauses every transfer makes. */
  static final Duration USUAL = Duration.ofSeconds(1);

  /** Begins now. */
  static Stall begun(long now) {
    return new Stall(0, now, false, 0);
  }

  /**
   * Another look.
   *
   * @param moved bytes so far
   * @param isClientsTurn whether it is the client that is waited for
   * @param now as {@code sinceNanos}
   */
  Stall next(long moved, boolean isClientsTurn, long now) {
    boolean hasMovedNow = moved - mark >= LEAST_BYTES;
    return hasMovedNow || !isClientsTurn
        ? new Stall(hasMovedNow ? moved : mark, now, hasMoved || hasMovedNow, stood(now).toNanos())
        : this;
  }

  /** For how long nothing has moved. */
  Duration lasts(long now) {
    return Duration.ofNanos(Math.max(0, now - sinceNanos));
  }

  /** For how long nothing was moved, in all; usual pauses do not count. */
  Duration stood(long now) {
    Duration last = lasts(now);
    return Duration.ofNanos(stoodNanos).plus(last.compareTo(USUAL) >= 0 ? last : Duration.ZERO);
  }
}
