package dev.berth.lifetime;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A wait that nothing ends but time, or an interrupt: to hold something back, never to poll. */
public final class Pause {
  private Pause() {}

  /**
   * Waits.
   *
   * @param time zero or negative is over at once
   * @throws InterruptedException if the thread is interrupted
   */
  public static void of(Duration time) throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    Condition never = lock.newCondition();
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0) {
        left = never.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
