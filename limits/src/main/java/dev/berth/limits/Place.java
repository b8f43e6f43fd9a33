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
  private final Held besideAtFirst;
  private boolean isOutlived;

  /** The only permit that may move this place; null while nobody holds one. */
  private @Nullable Permit<C> permit;

  Place(Ticket holder, Instant now, Held beside) {
    this.holder = holder;
    this.since = now;
    this.besideAtFirst = beside;
  }

  /** What the server may have counted when the attempt began. */
  Held besideAtFirst() {
    return besideAtFirst;
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

  /** Does the server have it for certain? Once we say QUIT, it may be gone. */
  boolean isOpen() {
    return switch (state) {
      case LEASED, IDLE -> true;
      case OPENING, LEAVING, SETTLING, REFUSED, FREE -> false;
    };
  }

  /** Does somebody have it, or is it being opened for somebody? */
  boolean isAtWork() {
    return state == PlaceState.OPENING || state == PlaceState.LEASED;
  }

  /** Is it closed, so that time alone makes it free? */
  boolean isSettling() {
    return state == PlaceState.SETTLING || state == PlaceState.REFUSED;
  }

  /** May the server count it as a connection that works? */
  boolean mayCount() {
    return switch (state) {
      case LEASED, IDLE, LEAVING, SETTLING -> true;
      case OPENING, REFUSED, FREE -> false;
    };
  }

  void carries(C newConnection) {
    connection = newConnection;
  }

  /** It is not to be lent again: it may be of a time when the server was another. */
  void outlive() {
    isOutlived = true;
  }

  boolean isOutlived() {
    return isOutlived;
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
    switch (next) {
      case IDLE, SETTLING, REFUSED, FREE -> permit = null;
      case OPENING, LEASED, LEAVING -> {}
    }
  }
}
