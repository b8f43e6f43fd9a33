package dev.berth.limits;

import dev.berth.lifetime.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks for the connections of this machine to a server, whenever somebody wants to know: one
 * thread runs {@link #run}, others ask and take what was seen last. So neither a slow resolver nor
 * a table of 100,000 connections holds anybody up.
 */
final class Lookout {
  private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

  /** Of the time of one processor it takes a twentieth at the most. */
  private static final int PAUSES_FOR_A_LOOK = 20;

  private final Connections connections;
  private final boolean isPossible;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Outlook last = Outlook.NOTHING; // guarded by lock
  private boolean isWanted; // guarded by lock
  private boolean hasLooked; // guarded by lock
  private long lookedAt; // guarded by lock
  private long pauseNanos = PAUSE_NANOS; // guarded by lock

  /** Looks nowhere where the kernel has no such tables. */
  Lookout(Machine machine, BudgetName name) {
    this.connections = new Connections(machine, name);
    this.isPossible = Files.isReadable(machine.proc().resolve("net/tcp"));
  }

  /** Whether there is anything to be seen on this system. */
  boolean isPossible() {
    return isPossible;
  }

  /** Looks as often as it is wanted, until its thread is interrupted. */
  void run() throws InterruptedException {
    while (true) {
      awaitWanted();
      long began = System.nanoTime();
      Outlook seen;
      try {
        seen = connections.look();
      } catch (IOException e) {
        // What cannot be seen is no reason to stop: it is a hint, and the server has the last word.
        seen = Outlook.NOTHING;
      }
      seen(seen, System.nanoTime() - began);
    }
  }

  private void awaitWanted() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!isWanted) {
        changed.await();
      }
      long left = hasLooked ? lookedAt + pauseNanos - System.nanoTime() : 0;
      while (left > 0) {
        changed.awaitNanos(left);
        left = lookedAt + pauseNanos - System.nanoTime();
      }
      isWanted = false;
    } finally {
      lock.unlock();
    }
  }

  private void seen(Outlook outlook, long tookNanos) {
    lock.lock();
    try {
      last = outlook;
      hasLooked = true;
      lookedAt = System.nanoTime();
      pauseNanos = Math.max(PAUSE_NANOS, PAUSES_FOR_A_LOOK * tookNanos);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Looks again soon, unless it does already. */
  void want() {
    lock.lock();
    try {
      if (isPossible && !isWanted) {
        isWanted = true;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What was seen last. */
  Outlook last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** What is seen now, or was by the deadline: where nobody looked lately, it is waited for. */
  Outlook fresh(Deadline deadline) throws InterruptedException {
    want();
    lock.lockInterruptibly();
    try {
      while (isPossible && !isFreshLocked() && !deadline.isOver()) {
        changed.awaitNanos(deadline.remainingNanos());
      }
      return last;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFreshLocked() {
    assert lock.isHeldByCurrentThread();
    return hasLooked && System.nanoTime() - lookedAt < 2 * pauseNanos;
  }
}
