package dev.berth.lifetime;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ends connections whose deadline has passed, by closing what is below them. The JDK bounds neither
 * a write nor a TLS handshake, and SO_TIMEOUT bounds reads only; closing the plain socket from
 * another thread ends all of them. One for a program, started and closed by it; any thread may make
 * guards.
 *
 * <p>It has one platform thread, which sleeps until the earliest deadline that it knows of. A
 * virtual thread would not do: when every carrier is busy, or stuck in a call that does not park,
 * nobody would be left to end that. For the same reason each close action gets a short-lived
 * platform thread of its own, so that one that blocks holds up no other.
 *
 * <p>Invariant: an armed guard is queued for a moment not later than its deadline.
 */
public final class Watchdog implements Closeable {
  private static final Logger LOG = System.getLogger(Watchdog.class.getName());
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

  /** Moments are counted from here, so that they are never negative and compare as numbers. */
  private final long originNanos = System.nanoTime();

  private final AtomicLong guards = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeSet<Guard> queue = // guarded by lock; a guard's moment changes outside it only
      new TreeSet<>(Watchdog::inOrder);
  private boolean closed; // guarded by lock
  private final Thread thread =
      Thread.ofPlatform().daemon().name("watchdog").unstarted(this::watch);

  private Watchdog() {}

  private static int inOrder(Guard one, Guard other) {
    int byMoment = Long.compare(one.queuedFor(), other.queuedFor());
    return byMoment != 0 ? byMoment : Long.compare(one.number(), other.number());
  }

  /** A watchdog that runs. */
  public static Watchdog start() {
    var watchdog = new Watchdog();
    watchdog.thread.start();
    return watchdog;
  }

  /**
   * A new guard, with nothing expected yet.
   *
   * @param name what the connection is called: {@code "upstream-4/data"}
   * @param action closes the connection at once; must not wait for the peer. What it throws is
   *     logged
   */
  public Guard guard(String name, Closeable action) {
    return new Guard(this, name, action, guards.incrementAndGet());
  }

  /**
   * Stops watching. Guards that expect something fire at once, since nobody would bound them any
   * more. Close it after the connections. A second call does nothing.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = Thread.interrupted();
    try {
      if (!thread.join(CLOSE_WITHIN)) {
        LOG.log(Level.ERROR, "event=watchdog-left-running");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A deadline as nanoseconds since this watchdog was made; zero if that is earlier still. */
  long moment(Deadline deadline) {
    return Math.max(0, deadline.atNanos() - originNanos);
  }

  void enqueue(Guard guard, long moment) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the watchdog is closed; nothing would bound this wait");
      }
      enqueueLocked(guard, moment);
      if (queue.first() == guard) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  void forget(Guard guard) {
    lock.lock();
    try {
      queue.remove(guard);
      guard.queueFor(Guard.NOT_QUEUED);
    } finally {
      lock.unlock();
    }
  }

  private void enqueueLocked(Guard guard, long moment) {
    if (moment < guard.queuedFor()) {
      queue.remove(guard);
      guard.queueFor(moment);
      queue.add(guard);
    }
  }

  private void watch() {
    boolean running = true;
    while (running) {
      List<Guard> fired = new ArrayList<>();
      running = awaitDue(fired);
      fired.forEach(Watchdog::end);
    }
  }

  /** Sleeps until a guard fires or the watchdog is closed; false in the second case. */
  private boolean awaitDue(List<Guard> fired) {
    lock.lock();
    try {
      collectLocked(fired);
      while (!closed && fired.isEmpty()) {
        changed.awaitNanos(queue.isEmpty() ? Long.MAX_VALUE : queue.first().queuedFor() - now());
        collectLocked(fired);
      }
      return !closed;
    } catch (InterruptedException e) {
      // Nobody has this thread to interrupt it; were it to end, every wait would be unbounded.
      LOG.log(Level.ERROR, "event=watchdog-interrupted", e);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes every guard out of the queue that is to be looked at by now, and fires those due. */
  private void collectLocked(List<Guard> fired) {
    long now = closed ? Guard.NOT_QUEUED - 1 : now();
    while (!queue.isEmpty() && queue.first().queuedFor() <= now) {
      Guard guard = queue.first();
      queue.remove(guard);
      guard.queueFor(Guard.NOT_QUEUED);
      long due = guard.due();
      while (due <= now && !guard.fire(due)) {
        due = guard.due();
      }
      if (due <= now) {
        fired.add(guard);
      } else if (due != Guard.NOT_QUEUED) {
        enqueueLocked(guard, due);
      }
    }
  }

  private long now() {
    return System.nanoTime() - originNanos;
  }

  private static void end(Guard guard) {
    var ending = Thread.ofPlatform().daemon().name("watchdog/" + guard.name());
    try {
      var started = ending.start(() -> runAction(guard));
      LOG.log(Level.DEBUG, "event=deadline-passed guard={0} by={1}", guard.name(), started);
    } catch (OutOfMemoryError e) {
      // No thread to be had: better to risk being held up than to leave the connection open.
      runAction(guard);
    }
  }

  private static void runAction(Guard guard) {
    try {
      guard.action().close();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "event=close-failed guard=" + guard.name(), e);
    }
  }
}
