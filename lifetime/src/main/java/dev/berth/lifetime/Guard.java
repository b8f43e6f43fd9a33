package dev.berth.lifetime;

import java.io.Closeable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a {@link Watchdog} watches on one connection: the deadline of the operation that runs now,
 * and the action that ends the connection if that deadline passes. Made by {@link Watchdog#guard},
 * closed together with its connection. The thread that owns the connection calls {@link #expect}
 * and {@link #relax}; any thread may call the rest.
 *
 * <p>Invariant: the action runs at most once, and only while an operation was expected to have
 * ended.
 */
public final class Guard implements Closeable {
  // What `due` holds when it holds no moment; moments are never negative.
  private static final long RELAXED = -1;
  private static final long FIRED = -2;
  private static final long CLOSED = -3;

  /** The watchdog will not look at this guard before it is queued again. */
  static final long NOT_QUEUED = Long.MAX_VALUE;

  private final Watchdog watchdog;
  private final String name;
  private final Closeable action;
  private final long number;
  private final AtomicLong due = new AtomicLong(RELAXED);

  /** When the watchdog looks at this guard next. Written under the watchdog's lock, read freely. */
  private volatile long queuedFor = NOT_QUEUED;

  Guard(Watchdog watchdog, String name, Closeable action, long number) {
    this.watchdog = watchdog;
    this.name = name;
    this.action = action;
    this.number = number;
  }

  /**
   * From now until {@link #relax} or the next {@code expect}, the connection is closed if the
   * deadline passes. Usually one atomic write and one comparison: the watchdog is told only of a
   * deadline that is earlier than the moment at which it looks anyway. Without effect after the
   * guard has fired or was closed.
   *
   * @throws IllegalStateException if the watchdog is closed
   */
  public void expect(Deadline deadline) {
    long moment = watchdog.moment(deadline);
    long before = due.get();
    while (before >= RELAXED && !due.compareAndSet(before, moment)) {
      before = due.get();
    }
    // `due` is written before `queuedFor` is read; the watchdog writes them in the other order
    // before it reads `due`. So one of the two sees the other, and no deadline is missed.
    if (before >= RELAXED && moment < queuedFor) {
      watchdog.enqueue(this, moment);
    }
  }

  /** The operation has ended; nothing is expected until the next {@link #expect}. */
  public void relax() {
    long before = due.get();
    while (before >= 0 && !due.compareAndSet(before, RELAXED)) {
      before = due.get();
    }
  }

  /** Whether a deadline passed, so that the connection is, or is being, closed for that reason. */
  public boolean isFired() {
    return due.get() == FIRED;
  }

  /**
   * Ends the watch; the action will not run, unless it does already. A second call does nothing.
   */
  @Override
  public void close() {
    long before = due.get();
    while (before >= RELAXED && !due.compareAndSet(before, CLOSED)) {
      before = due.get();
    }
    watchdog.forget(this);
  }

  String name() {
    return name;
  }

  Closeable action() {
    return action;
  }

  long number() {
    return number;
  }

  long queuedFor() {
    return queuedFor;
  }

  void queueFor(long moment) {
    queuedFor = moment;
  }

  /**
   * The moment by which something must have ended, or {@link #NOT_QUEUED} if nothing is expected.
   */
  long due() {
    long moment = due.get();
    return moment >= 0 ? moment : NOT_QUEUED;
  }

  /** Fires if it is still the given moment that is expected; else something has ended meanwhile. */
  boolean fire(long moment) {
    return due.compareAndSet(moment, FIRED);
  }
}
