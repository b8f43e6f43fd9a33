package dev.berth.lifetime;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that a step of the wall clock does not move: it reads the wall clock once, and from then
 * on advances by {@link System#nanoTime()}. So a pause of two seconds is two seconds, also while
 * NTP corrects the time or an operator sets it. Over days it may drift from the wall clock; it is
 * for measuring, not for telling the date. Immutable; any thread may use it.
 */
public final class SteadyClock implements InstantSource {
  private final Instant start;
  private final long startNanos;

  private SteadyClock(Instant start) {
    this.start = start;
    this.startNanos = System.nanoTime();
  }

  /** A clock that starts at the wall clock's time now. */
  public static SteadyClock startingNow() {
    return startingAt(InstantSource.system().instant());
  }

  /** A clock that shows the given instant now. */
  public static SteadyClock startingAt(Instant start) {
    return new SteadyClock(start);
  }

  /** The start plus the time that has passed since; never earlier than an instant seen before. */
  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }
}
