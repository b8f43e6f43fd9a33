package dev.berth.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Waits for what happens in other processes, of which no thread here is told: looked at every 2 ms
 * until a deadline. For events of this process use a latch or a queue.
 */
public final class Await {
  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(2).toNanos();

  private Await() {}

  /** Something looked at again and again; may fail. */
  @FunctionalInterface
  public interface Condition {
    /** Whether the event has happened. */
    boolean holds() throws Exception;
  }

  /**
   * Blocks until {@code condition} holds.
   *
   * @param bound how long at most
   * @param what the event, for the message
   * @throws AssertionError when it did not hold in time, or the thread was interrupted
   */
  public static void until(Duration bound, String what, Condition condition) {
    until(bound, () -> what, condition);
  }

  /** As {@link #until(Duration, String, Condition)}, the message made only when it is needed. */
  public static void until(Duration bound, Supplier<String> what, Condition condition) {
    long start = System.nanoTime();
    while (!holds(condition)) {
      if (System.nanoTime() - start > bound.toNanos()) {
        throw new AssertionError("not within " + bound.toMillis() + " ms: " + what.get());
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("interrupted while waiting: " + what.get());
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (Exception e) {
      throw new AssertionError("could not be looked at: " + e, e);
    }
  }
}
