package dev.berth.transfer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The tasks of a crew that wait, and how many are under way. Any thread may call it.
 *
 * <p>Invariant: a task is waiting, under way, or ended; the work has ended when none waits and none
 * is under way, or when it was stopped and none is under way.
 */
final class TaskQueue {
  /** A task and what became of its attempts. Confined to the thread that has taken it. */
  static final class Entry {
    private final Task task;
    private int attempts;
    private long progressBefore;
    private long notBeforeNanos;

    private Entry(Task task) {
      this.task = task;
      this.notBeforeNanos = System.nanoTime();
    }

    Task task() {
      return task;
    }

    /**
     * Counts a failed attempt, and tells how many there were since the last one that came further
     * than any before.
     */
    int failedAttempts() {
      attempts = task.progress() > progressBefore ? 1 : attempts + 1;
      progressBefore = Math.max(progressBefore, task.progress());
      return attempts;
    }

    private long pauseNanos() {
      return Math.max(0, notBeforeNanos - System.nanoTime());
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Entry> waiting = new ArrayDeque<>(); // guarded by lock
  private int underWay; // guarded by lock
  private int wishes; // guarded by lock; members that ask for a connection, to do a task that waits
  private boolean stopped; // guarded by lock

  void add(Task task) {
    lock.lock();
    try {
      waiting.addLast(new Entry(task));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many wait or are under way. */
  int left() {
    lock.lock();
    try {
      return waiting.size() + underWay;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is a task for which no other member asks for a connection; false when there
   * will be none any more. Followed by {@link #served}. So one task makes one wish, however many
   * members there are, and no connection is opened for nothing.
   */
  boolean awaitWork() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopped && (underWay > 0 || !waiting.isEmpty())) {
        long pause = pauseLocked();
        if (pause == 0) {
          wishes++;
          return true;
        }
        changed.awaitNanos(pause);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** A member that {@link #awaitWork} has let go asks no more: it has polled, or gave up. */
  void served() {
    lock.lock();
    try {
      wishes--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next task that may be done now, if there is one. */
  Optional<Entry> poll() {
    lock.lock();
    try {
      Iterator<Entry> entries = waiting.iterator();
      while (!stopped && entries.hasNext()) {
        Entry entry = entries.next();
        if (entry.pauseNanos() == 0) {
          entries.remove();
          underWay++;
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** A task under way has to be done again, before those that wait, but not before a pause. */
  void putBack(Entry entry, Duration pause) {
    lock.lock();
    try {
      entry.notBeforeNanos = System.nanoTime() + pause.toNanos();
      underWay--;
      waiting.addFirst(entry);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A task under way has ended. */
  void ended() {
    lock.lock();
    try {
      underWay--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No task is handed out any more. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the work has ended. */
  void awaitEnd() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (underWay > 0 || (!waiting.isEmpty() && !stopped)) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes out what was not done when the work was stopped. */
  List<Task> leftOver() {
    lock.lock();
    try {
      List<Task> tasks = new ArrayList<>();
      waiting.forEach(entry -> tasks.add(entry.task()));
      waiting.clear();
      return tasks;
    } finally {
      lock.unlock();
    }
  }

  /** After how many nanoseconds there will be more tasks ready than wishes, as things are. */
  private long pauseLocked() {
    assert lock.isHeldByCurrentThread();
    return waiting.stream()
        .mapToLong(Entry::pauseNanos)
        .sorted()
        .skip(wishes)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }
}
