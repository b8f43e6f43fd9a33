package dev.berth.limits;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A budget's side towards operators: a pause, other connections, and why who waits. The same
 * monitor, under the same lock; any thread.
 *
 * @param <C> what a connection is to the caller
 */
public final class Steering<C> {
  private final Budget<C> budget;
  private final ReentrantLock lock;
  private final Places<C> places;
  private final WaitQueue<C> queue;
  private @Nullable Instant pausedSince; // guarded by lock; nobody is given anything

  Steering(Budget<C> budget, ReentrantLock lock, Places<C> places, WaitQueue<C> queue) {
    this.budget = budget;
    this.lock = lock;
    this.places = places;
    this.queue = queue;
  }

  /**
   * Gives nobody anything from now on, until {@link #resume}: who waits goes on waiting, as long as
   * there is patience. What is lent is retired when it is given back.
   *
   * @return the idle connections, for the caller to close and {@link Permit#left}
   */
  public List<Permit<C>> pause() {
    lock.lock();
    try {
      if (pausedSince == null) {
        pausedSince = budget.clock().instant();
      }
      return budget.retireLocked(place -> true);
    } finally {
      lock.unlock();
    }
  }

  /** Serves who waits again. */
  public void resume() {
    lock.lock();
    try {
      pausedSince = null;
      budget.dispatchLocked();
    } finally {
      lock.unlock();
    }
  }

  /** Since when nobody is given anything. */
  public Optional<Instant> pausedSince() {
    lock.lock();
    try {
      return Optional.ofNullable(pausedSince);
    } finally {
      lock.unlock();
    }
  }

  boolean isPausedLocked() {
    assert lock.isHeldByCurrentThread();
    return pausedSince != null;
  }

  /**
   * Lets no connection that is open now, or being opened, be lent again: each is retired when it is
   * given back.
   *
   * @return the idle ones, for the caller to close and {@link Permit#left}
   */
  public List<Permit<C>> renew() {
    lock.lock();
    try {
      places.all().forEach(Place::outlive);
      return budget.retireLocked(Place::isOutlived);
    } finally {
      lock.unlock();
    }
  }

  /** What each of those that wait waits for, a clause, by the number of its ticket. */
  public Map<Long, String> reasons() {
    lock.lock();
    try {
      Map<Long, String> reasons = new HashMap<>();
      for (Ticket ticket : queue.tickets()) {
        reasons.put(ticket.number(), budget.whyLocked(ticket));
      }
      return reasons;
    } finally {
      lock.unlock();
    }
  }
}
