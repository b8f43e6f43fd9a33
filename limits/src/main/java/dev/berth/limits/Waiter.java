package dev.berth.limits;

import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** One thread that waits for a connection. Guarded by the lock of its budget. */
final class Waiter<C> {
  private final Ticket ticket;
  private final Condition turn;
  private @Nullable Grant<C> grant;

  Waiter(Ticket ticket, Condition turn) {
    this.ticket = ticket;
    this.turn = turn;
  }

  Ticket ticket() {
    return ticket;
  }

  @Nullable Grant<C> grant() {
    return grant;
  }

  void give(Grant<C> newGrant) {
    grant = newGrant;
    turn.signal();
  }

  void wake() {
    turn.signal();
  }

  /** Signalled when there is a grant, or a reason to look again. */
  Condition turn() {
    return turn;
  }
}
