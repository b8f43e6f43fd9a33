package dev.berth.pool;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Measures how long somebody waited while no connection was at work and none was being opened: a
 * login takes its time, but that is no wait for a place. Any thread may call it.
 */
final class Standstill {
  private final ReentrantLock lock = new ReentrantLock();
  private int waiting; // guarded by lock
  private int working; // guarded by lock
  private int opening; // guarded by lock
  private long sinceNanos; // guarded by lock
  private long totalNanos; // guarded by lock

  void waits() {
    change(1, 0, 0);
  }

  void worksAfterWaiting() {
    change(-1, 1, 0);
  }

  void givesUp() {
    change(-1, 0, 0);
  }

  void ends() {
    change(0, -1, 0);
  }

  void opens() {
    change(0, 0, 1);
  }

  void opened() {
    change(0, 0, -1);
  }

  boolean isAnyAtWork() {
    lock.lock();
    try {
      return working > 0;
    } finally {
      lock.unlock();
    }
  }

  Duration total() {
    lock.lock();
    try {
      return Duration.ofNanos(totalNanos + runningLocked());
    } finally {
      lock.unlock();
    }
  }

  private void change(int moreWaiting, int moreWorking, int moreOpening) {
    lock.lock();
    try {
      totalNanos += runningLocked();
      sinceNanos = System.nanoTime();
      waiting += moreWaiting;
      working += moreWorking;
      opening += moreOpening;
    } finally {
      lock.unlock();
    }
  }

  private long runningLocked() {
    return waiting > 0 && working == 0 && opening == 0 ? System.nanoTime() - sinceNanos : 0;
  }
}
