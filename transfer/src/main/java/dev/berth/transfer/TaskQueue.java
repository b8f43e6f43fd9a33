package dev.berth.transfer;

import dev.berth.lifetime.Deadline;
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
    /**
     * Less is none, or a server that cuts each attempt after some bytes would be asked for ever.
     */
    static final long LEAST_PROGRESS = 64 * 1024;

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
     * Counts a failed attempt, and tells how many there were since the last one that came so much
     * further than any before that it was worth it.
     */
    int failedAttempts() {
      if (task.progress() >= progressBefore + LEAST_PROGRESS) {
        progressBefore = task.progress();
        attempts = 1;
      } else {
        attempts++;
      }
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
  private int claimed; // guarded by lock
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
   * Waits until there is a task that nobody has claimed, and claims one: the caller goes for a
   * connection then, and calls {@link #served} once it has one or has given up. So no more
   * connections are asked for than tasks wait.
   *
   * @return false when there will be no task any more
   */
  boolean awaitWork() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopped && (underWay > 0 || !waiting.isEmpty())) {
        long pause = shortestPauseLocked();
        if (pause == 0 && claimed < waiting.size()) {
          claimed++;
          return true;
        }
        changed.awaitNanos(pause == 0 ? Long.MAX_VALUE : pause);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a claim up for the task; others may have taken it meanwhile. */
  Optional<Entry> takeClaimed() {
    lock.lock();
    try {
      claimed--;
      return pollLocked();
    } finally {
      lock.unlock();
    }
  }

  /** Gives a claim up for nothing. */
  void served() {
    lock.lock();
    try {
      claimed--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether no task waits: whoever still goes for a connection does so in vain. */
  boolean isDrained() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The next task that may be done now, if there is one. */
  Optional<Entry> poll() {
    lock.lock();
    try {
      return pollLocked();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Entry> pollLocked() {
    assert lock.isHeldByCurrentThread();
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
      if (underWay == 0) {
        // Not for each task: with thousands of small files, waking all who wait took a tenth of it.
        changed.signalAll();
      }
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
      while (!hasEndedLocked()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the work has ended, or the deadline has passed. */
  void awaitEnd(Deadline deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!hasEndedLocked() && !deadline.isOver()) {
        changed.awaitNanos(deadline.remainingNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean hasEndedLocked() {
    assert lock.isHeldByCurrentThread();
    return underWay == 0 && (waiting.isEmpty() || stopped);
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

  private long shortestPauseLocked() {
    assert lock.isHeldByCurrentThread();
    return waiting.stream().mapToLong(Entry::pauseNanos).min().orElse(Long.MAX_VALUE);
  }
}
