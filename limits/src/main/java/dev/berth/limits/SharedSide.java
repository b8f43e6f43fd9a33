package dev.berth.limits;

import dev.berth.lifetime.Deadline;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A budget's side towards the other programs of its machine, for {@link Sharing} alone. The same
 * monitor: its lock is that of the budget.
 */
final class SharedSide {
  private final Budget<?> budget;
  private final ReentrantLock lock; // of the budget; guards all below
  private final Learned learned;
  private final Places<?> places;
  private final Dispatch<?> dispatch;
  private final Exchange exchange;

  SharedSide(
      Budget<?> budget,
      ReentrantLock lock,
      Learned learned,
      Places<?> places,
      Dispatch<?> dispatch,
      Exchange exchange) {
    this.budget = budget;
    this.lock = lock;
    this.learned = learned;
    this.places = places;
    this.dispatch = dispatch;
    this.exchange = exchange;
  }

  /** Changes what is shared, and serves who waits. */
  void change(Consumer<Exchange> change) {
    lock.lock();
    try {
      change.accept(exchange);
      budget.dispatchLocked();
    } finally {
      lock.unlock();
    }
  }

  /** From now on the budget is for itself: nothing can be shared any more. */
  void end() {
    lock.lock();
    try {
      for (Observation seen : exchange.untold()) {
        learned.learn(seen, budget.clock().instant());
      }
      exchange.end();
      budget.dispatchLocked();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to share, or the deadline. */
  Agenda agenda(Deadline deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      exchange.awaitChange(deadline);
      Snapshot now = budget.snapshotLocked();
      return new Agenda(
          exchange.untold(), now.holders(), now.waiting(), exchange.asked(), exchange.isEnding());
    } finally {
      lock.unlock();
    }
  }

  /** Others can see now what this agenda says of our places. */
  void shown(Agenda agenda) {
    lock.lock();
    try {
      exchange.shown(agenda.asked());
    } finally {
      lock.unlock();
    }
  }

  /** Takes over what all programs know, and what others hold. */
  void adopt(LimitState known, Elsewhere elsewhere, int heard) {
    lock.lock();
    try {
      exchange.heard(elsewhere);
      exchange.told(heard);
      learned.adopt(known);
      budget.dispatchLocked();
    } finally {
      lock.unlock();
    }
  }

  /** All slots must have numbers below this, one more included; 0 if none may be taken now. */
  int slotsBelow() {
    lock.lock();
    try {
      return !budget.steering().isPausedLocked() && dispatch.lacksSlot(budget.clock().instant())
          ? Math.max(learned.state().address().room(), dispatch.all().used() + 1)
          : 0;
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody waits who could open a connection if another program had one fewer. */
  boolean awaitsOthers() {
    lock.lock();
    try {
      return !budget.steering().isPausedLocked() && dispatch.awaitsOthers(budget.clock().instant());
    } finally {
      lock.unlock();
    }
  }

  /** Gives back the slots that nobody here needs: answers how many stay. */
  int sparedSlots() {
    lock.lock();
    try {
      int needed = places.all().size();
      if (exchange.slots() > needed) {
        exchange.slots(needed);
      }
      return exchange.slots();
    } finally {
      lock.unlock();
    }
  }
}
