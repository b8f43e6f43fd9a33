package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.pool.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One member's work on one connection: task after task until none is left, the connection is of no
 * more use, or another program is to have its place. Behind a brief task the next one is begun
 * already, where the server keeps commands in order. Confined to one thread.
 */
final class Shift {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final int MOST_DOUBLINGS = 7;

  private record Begun(TaskQueue.Entry entry, Task.Step step) {}

  private final Lease lease;
  private final FtpConnection connection;
  private final TaskQueue queue;
  private final Runnable taken;
  private boolean hasClaim = true;
  private final Deque<Begun> begun = new ArrayDeque<>();

  /**
   * A shift not begun, whose member has claimed a task.
   *
   * @param taken called whenever a task may have been taken from the queue
   */
  Shift(Lease lease, TaskQueue queue, Runnable taken) {
    this.lease = lease;
    this.connection = lease.connection();
    this.queue = queue;
    this.taken = taken;
  }

  void work() {
    try {
      boolean usable = true;
      while (usable && (usable = begin()) && !begun.isEmpty()) {
        usable = runFirst();
      }
    } finally {
      // Begun on a connection that broke: they are as they were.
      begun.forEach(left -> queue.putBack(left.entry(), Duration.ZERO));
    }
  }

  /** Begins what may be begun; false when the connection is of no more use. */
  private boolean begin() {
    while (begun.isEmpty()
        || (begun.getLast().entry().task().isBrief() && connection.mayBeginAhead())) {
      if (!hasClaim && lease.isWantedElsewhere()) {
        return true;
      }
      Optional<TaskQueue.Entry> entry = next();
      if (entry.isEmpty()) {
        return true;
      }
      if (!begin(entry.get()) && !connection.isIntact()) {
        return false;
      }
    }
    return true;
  }

  /** The task that was claimed before the connection was asked for, and then whatever waits. */
  private Optional<TaskQueue.Entry> next() {
    Optional<TaskQueue.Entry> entry = hasClaim ? queue.takeClaimed() : queue.poll();
    hasClaim = false;
    taken.run();
    return entry;
  }

  private boolean begin(TaskQueue.Entry entry) {
    Optional<Begun> first = Optional.empty();
    Optional<Duration> again = Optional.empty();
    try {
      first = Optional.of(new Begun(entry, entry.task().begin(connection)));
    } catch (IOException e) {
      again = failed(entry, e);
    } finally {
      if (first.isEmpty()) {
        leave(entry, again);
      }
    }
    first.ifPresent(begun::addLast);
    return first.isPresent();
  }

  /** Runs what was begun first; false when the connection is of no more use. */
  private boolean runFirst() {
    Begun first = begun.removeFirst();
    Optional<Duration> again = Optional.empty();
    try {
      first.step().run();
      return true;
    } catch (IOException e) {
      again = failed(first.entry(), e);
      return connection.isIntact();
    } finally {
      leave(first.entry(), again);
    }
  }

  /**
   * A task is under way no more, whatever came of it, an error of ours too: one that stayed under
   * way would keep its job from ending.
   */
  private void leave(TaskQueue.Entry entry, Optional<Duration> again) {
    if (again.isPresent()) {
      queue.putBack(entry, again.get());
    } else {
      queue.ended();
    }
  }

  /** After which pause the task is done again; nothing if it was given up, and told so. */
  private static Optional<Duration> failed(TaskQueue.Entry entry, IOException failure) {
    Verdict verdict = Verdict.of(failure);
    int attempts = entry.failedAttempts();
    if (attempts < verdict.attempts()) {
      return Optional.of(verdict.needsPause() ? pause(attempts) : Duration.ZERO);
    }
    String times = attempts > 1 ? " (" + attempts + " attempts)" : "";
    entry.task().failed(Verdict.cause(failure), Words.of(failure) + times);
    return Optional.empty();
  }

  private static Duration pause(int attempts) {
    return FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
  }
}
