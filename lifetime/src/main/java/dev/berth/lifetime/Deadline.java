package dev.berth.lifetime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A moment on the monotonic clock by which something must have ended. Immutable; any thread may use
 * it. Waits compare differences of {@link System#nanoTime()}, so that a step of the wall clock
 * neither shortens nor lengthens them.
 */
public final class Deadline {
  private static final long LONGEST_NANOS = Long.MAX_VALUE / 4;

  private final long atNanos;

  private Deadline(long atNanos) {
    this.atNanos = atNanos;
  }

  /**
   * The moment a given time from now.
   *
   * @param wait how long from now; zero or negative is over at once; more than 70 years counts as
   *     70 years
   */
  public static Deadline after(Duration wait) {
    long nanos;
    try {
      nanos = Math.min(wait.toNanos(), LONGEST_NANOS);
    } catch (ArithmeticException e) {
      nanos = wait.isNegative() ? 0 : LONGEST_NANOS;
    }
    return new Deadline(System.nanoTime() + nanos);
  }

  /** Whether the moment has passed. */
  public boolean isOver() {
    return remainingNanos() <= 0;
  }

  /** What is left: zero once it is over. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, remainingNanos()));
  }

  /**
   * What is left in nanoseconds: zero or negative once it is over. For {@code awaitNanos} and the
   * like.
   */
  public long remainingNanos() {
    return atNanos - System.nanoTime();
  }

  /**
   * The moment itself, on the clock of {@link System#nanoTime()}: only differences mean something.
   */
  long atNanos() {
    return atNanos;
  }

  /** The earlier of this and another. */
  public Deadline earlier(Deadline other) {
    return atNanos - other.atNanos <= 0 ? this : other;
  }

  /** The earlier of this and a given time from now. */
  public Deadline atMost(Duration wait) {
    return earlier(after(wait));
  }

  @Override
  public String toString() {
    return "in " + TimeUnit.NANOSECONDS.toMillis(remainingNanos()) + " ms";
  }
}
