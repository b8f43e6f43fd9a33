package dev.berth.transfer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many bytes of files may be moved in a second, by all transfers that share this together, in
 * both directions. Any thread may call it.
 *
 * <p>A bucket of tokens that may be empty for a while: who has moved bytes waits until they are
 * paid for, in the order in which they were moved. What was not used is lost but for a tenth of a
 * second, so that no pause is followed by a burst.
 */
public final class Bandwidth {
  /** Less, and a server may take a transfer for dead between two pieces of it. */
  public static final long LEAST = 1024;

  /** So much lateness of a wait is made good by a shorter one. */
  private static final long CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final double bytesPerSecond; // infinite where there is no limit
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition never = lock.newCondition(); // signalled by nobody: time ends each wait
  private long paidNanos = System.nanoTime(); // guarded by lock; until when all is paid for

  private Bandwidth(double bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** As fast as can be. */
  public static Bandwidth unlimited() {
    return new Bandwidth(Double.POSITIVE_INFINITY);
  }

  /**
   * A limit.
   *
   * @param bytesPerSecond at least {@link #LEAST}
   */
  public static Bandwidth of(long bytesPerSecond) {
    if (bytesPerSecond < LEAST) {
      throw new IllegalArgumentException("at least " + LEAST + " bytes a second");
    }
    return new Bandwidth(bytesPerSecond);
  }

  /**
   * Pays for bytes that were moved: blocks as long as it takes at this rate.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  void pay(long bytes) throws InterruptedException {
    if (Double.isInfinite(bytesPerSecond)) {
      return;
    }
    lock.lockInterruptibly();
    try {
      long earliest = System.nanoTime() - CREDIT_NANOS;
      if (paidNanos - earliest < 0) {
        paidNanos = earliest;
      }
      paidNanos += (long) (bytes / bytesPerSecond * TimeUnit.SECONDS.toNanos(1));
      long left = paidNanos - System.nanoTime();
      while (left > 0) {
        left = never.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
