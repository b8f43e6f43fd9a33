package dev.berth.limits;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One place under a budget, free or taken by one connection; in exactly one state. Guarded by the
 * lock of its budget.
 */
final class Place<C> {
  private PlaceState state = PlaceState.OPENING;
  private Instant since;
  private Ticket holder;
  private @Nullable C connection;

  /** The only permit that may move this place; null while nobody holds one. */
  private @Nullable Permit<C> permit;

  Place(Ticket holder, Instant now) {
    this.holder = holder;
    this.since = now;
  }

  PlaceState state() {
    return state;
  }

  Instant since() {
    return since;
  }

  Ticket holder() {
    return holder;
  }

  Account account() {
    return holder.account();
  }

  C connection() {
    C present = connection;
    if (present == null) {
      throw new IllegalStateException("no connection while " + state);
    }
    return present;
  }

  boolean isHeldBy(Permit<C> asker) {
    return permit == asker;
  }

  /** Does the server count it as a connection that works, or perhaps still? */
  boolean isHeld() {
    return switch (state) {
      case LEASED, IDLE, LEAVING -> true;
      case OPENING, SETTLING, FREE -> false;
    };
  }

  void carries(C newConnection) {
    connection = newConnection;
  }

  void lendTo(Ticket ticket) {
    holder = ticket;
  }

  Permit<C> newPermit(Budget<C> budget) {
    Permit<C> fresh = new Permit<>(budget, this);
    permit = fresh;
    return fresh;
  }

  /** The only way to change state. */
  void move(PlaceState next, Instant now) {
    if (!state.next().contains(next)) {
      throw new IllegalStateException("a place that is " + state + " cannot become " + next);
    }
    state = next;
    since = now;
    if (next == PlaceState.IDLE || next == PlaceState.SETTLING || next == PlaceState.FREE) {
      permit = null;
    }
  }
}
