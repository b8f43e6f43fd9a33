package dev.berth.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Who waits, in the order of the tickets. Guarded by the lock of its budget. */
final class WaitQueue<C> {
  private final TreeMap<Long, Waiter<C>> waiters = new TreeMap<>();

  void add(Waiter<C> waiter) {
    Waiter<C> present = waiters.putIfAbsent(waiter.ticket().number(), waiter);
    if (present != null) {
      throw new IllegalStateException("somebody waits with this ticket: " + waiter.ticket());
    }
  }

  void remove(Waiter<C> waiter) {
    waiters.remove(waiter.ticket().number(), waiter);
  }

  /** The first in the queue watches the clock for all. */
  boolean isFirst(Waiter<C> waiter) {
    return !waiters.isEmpty() && waiters.firstEntry().getValue() == waiter;
  }

  void wakeFirst() {
    if (!waiters.isEmpty()) {
      waiters.firstEntry().getValue().wake();
    }
  }

  /** A copy in order: it may be read while waiters are served and leave. */
  List<Waiter<C>> inOrder() {
    return new ArrayList<>(waiters.values());
  }

  /** Who waits with this ticket, if anybody. */
  Optional<Waiter<C>> find(Ticket ticket) {
    return Optional.ofNullable(waiters.get(ticket.number()));
  }

  boolean anyOf(Account account) {
    return waiters.values().stream().anyMatch(w -> w.ticket().account().equals(account));
  }

  int size() {
    return waiters.size();
  }
}
