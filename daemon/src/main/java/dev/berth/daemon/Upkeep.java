package dev.berth.daemon;

import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * What is done from time to time, on a thread of its own for it may take long. Started and closed
 * by the thread that serves.
 */
final class Upkeep implements AutoCloseable {
  private final UnaryOperator<Instant> work;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private boolean isEnded; // guarded by lock

  private Upkeep(UnaryOperator<Instant> work, InstantSource clock) {
    this.work = work;
    this.clock = clock;
  }

  /**
   * Begins at once.
   *
   * @param work takes the time, and answers when to come again
   */
  static Upkeep start(UnaryOperator<Instant> work, InstantSource clock) {
    Upkeep upkeep = new Upkeep(work, clock);
    Thread.ofPlatform().name("upkeep").daemon().start(upkeep::run);
    return upkeep;
  }

  private void run() {
    boolean goesOn = true;
    while (goesOn) {
      Instant now = clock.instant();
      goesOn = awaitNext(Duration.between(now, work.apply(now)));
    }
  }

  private boolean awaitNext(Duration wait) {
    Deadline next = Deadline.after(wait.isNegative() ? Duration.ZERO : wait);
    lock.lock();
    try {
      while (!isEnded && !next.isOver()) {
        ended.awaitNanos(next.remainingNanos());
      }
      return !isEnded;
    } catch (InterruptedException e) {
      return false; // Nobody interrupts it but the end of the process.
    } finally {
      lock.unlock();
    }
  }

  /** It is not begun again; what is under way ends by itself, or with the process. */
  @Override
  public void close() {
    lock.lock();
    try {
      isEnded = true;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
