package dev.berth.gateway;

import java.time.Duration;
import java.time.Instant;

/** When to tell that deliveries make no headway: once in each period. Confined to one thread. */
final class StuckAlarm {
  private final Duration period;
  private Instant headway = Instant.MIN;

  StuckAlarm(Duration period) {
    this.period = period;
  }

  /** Something was delivered, or put aside. */
  void moves(Instant now) {
    headway = now;
  }

  /**
   * Whether it is time to tell; the next time is a period later.
   *
   * @param oldest since when the oldest file waits
   */
  boolean isDue(Instant now, Instant oldest) {
    Instant since = oldest.isAfter(headway) ? oldest : headway;
    if (now.isBefore(since.plus(period))) {
      return false;
    }
    headway = now;
    return true;
  }
}
