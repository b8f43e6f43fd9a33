package dev.berth.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many bytes may be moved in a second, by all transfers that share this together. Any thread
 * may call it.
 *
 * <p>Who has moved bytes waits until they are paid for, in the order in which they were moved: a
 * transfer in large pieces gets no more than one in small pieces asks for. What was not used is
 * lost but for a tenth of a second, so that no pause is followed by a burst.
 */
final class Pacer {
  /** Less, and a client may take a transfer for dead between two pieces of it. */
  static final long LEAST = 1024;

  /** So much lateness of a wait is made good by a shorter one. */
  private static final long CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Bound bytesPerSecond;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition never = lock.newCondition(); // signalled by nobody: time ends each wait
  private long paidNanos = System.nanoTime(); // guarded by lock; until when all is paid for

  Pacer(Bound bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * Pays for bytes that were moved: blocks as long as it takes at this rate.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  void pay(long bytes) throws InterruptedException {
    if (!(bytesPerSecond instanceof Bound.AtMost(long rate))) {
      return;
    }
    lock.lockInterruptibly();
    try {
      long earliest = System.nanoTime() - CREDIT_NANOS;
      if (paidNanos - earliest < 0) {
        paidNanos = earliest;
      }
      paidNanos += (long) ((double) bytes / rate * TimeUnit.SECONDS.toNanos(1));
      long mine = paidNanos;
      long left = mine - System.nanoTime();
      while (left > 0) {
        left = never.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
