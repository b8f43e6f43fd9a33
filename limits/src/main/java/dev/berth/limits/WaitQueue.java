package dev.berth.limits;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Who waits, by the numbers of the tickets. Guarded by the lock of its budget. */
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

  /** The number of the ticket that was made last; 0 if nobody waits. */
  long youngest() {
    return waiters.isEmpty() ? 0 : waiters.lastKey();
  }

  void wakeFirst() {
    if (!waiters.isEmpty()) {
      waiters.firstEntry().getValue().wake();
    }
  }

  /** A copy: it may be read while waiters are served and leave. */
  List<Waiter<C>> all() {
    return new ArrayList<>(waiters.values());
  }

  // A loop, not streams: it is asked behind each file.
  List<Ticket> tickets() {
    List<Ticket> tickets = new ArrayList<>(waiters.size());
    for (Waiter<C> waiter : waiters.values()) {
      tickets.add(waiter.ticket());
    }
    return tickets;
  }

  /** How many have waited since then, or for longer. */
  Pressure since(Instant moment) {
    int brief = 0;
    int longer = 0;
    for (Waiter<C> waiter : waiters.values()) {
      if (!waiter.ticket().since().isAfter(moment)) {
        brief += waiter.ticket().isBrief() ? 1 : 0;
        longer += waiter.ticket().isBrief() ? 0 : 1;
      }
    }
    return new Pressure(brief, longer);
  }

  /** Who waits with this ticket, if anybody. */
  Optional<Waiter<C>> find(Ticket ticket) {
    return Optional.ofNullable(waiters.get(ticket.number()));
  }

  int size() {
    return waiters.size();
  }
}
