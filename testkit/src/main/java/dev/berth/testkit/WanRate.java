package dev.berth.testkit;

import java.util.concurrent.locks.ReentrantLock;

/** One direction of a line: bytes leave one after another, over all connections. */
final class WanRate {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long bytesPerSecond;
  private final ReentrantLock lock = new ReentrantLock();
  private long freeNanos = System.nanoTime(); // guarded by lock

  WanRate(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** When the last of these bytes has left, of a sender who has them now. */
  long sentNanos(int bytes) {
    long now = System.nanoTime();
    long takes = (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
    lock.lock();
    try {
      freeNanos = (freeNanos - now > 0 ? freeNanos : now) + takes;
      return freeNanos;
    } finally {
      lock.unlock();
    }
  }
}
