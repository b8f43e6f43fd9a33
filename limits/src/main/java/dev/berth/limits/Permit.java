package dev.berth.limits;

import dev.berth.dialects.Refusal;
import java.time.Duration;

/**
 * The right to have one connection open, from the grant until the connection is given back or gone.
 * Made by {@link Budget#take}; used by one thread at a time. Each method is one move of its place
 * (see {@link PlaceState}); a move that is not allowed, or any move after the permit was given
 * back, throws {@link IllegalStateException} and changes nothing.
 *
 * @param <C> what a connection is to the caller
 */
public final class Permit<C> {
  private final Budget<C> budget;
  private final Place<C> place;

  Permit(Budget<C> budget, Place<C> place) {
    this.budget = budget;
    this.place = place;
  }

  Place<C> place() {
    return place;
  }

  /** Whose connection it is. */
  public Account account() {
    return budget.accountOf(this);
  }

  /**
   * The connection.
   *
   * @throws IllegalStateException if none was opened yet, or the permit was given back
   */
  public C connection() {
    return budget.connectionOf(this);
  }

  /** The connection was opened and is logged in. */
  public void opened(C connection) {
    budget.opened(this, connection);
  }

  /** The server turned us away, and the attempt is closed. The permit is given back by this. */
  public void refused(Refusal refusal) {
    budget.refused(this, refusal);
  }

  /**
   * No connection came about. The permit is given back by this.
   *
   * @param what the system's words, such as {@code Connection timed out}
   */
  public void unreachable(String what) {
    budget.unreachable(this, what);
  }

  /**
   * The server ended a session that had begun, with a refusal: news as it is at an opening. The
   * connection is about to be closed; it still counts until {@link #left}.
   */
  public void turnedAway(Refusal refusal) {
    budget.turnedAway(this, refusal);
  }

  /**
   * Tells that for so long of the time that its holder has had it, the holder itself has moved
   * nothing. Its share counts that as ten times as much ({@link Share}), so that those of the same
   * account who move something go before it next time. To be called before it is given back.
   */
  public void stoodStill(Duration time) {
    budget.stoodStill(this, time);
  }

  /** Gives a connection that works back. The answer says who closes it, if anybody. */
  public Parked park() {
    return budget.park(this);
  }

  /**
   * Waits until all programs that share the budget can see that the connection is about to be
   * closed: to be called before QUIT. Else who gets in at its place takes it for one that works
   * beside its own, and the limit for higher than it is. Two seconds at the most, mostly a few
   * milliseconds; an interrupt does not shorten it. At once where nothing is shared.
   */
  public void announce() {
    budget.announce(this);
  }

  /** The connection is about to be closed; it still counts. */
  public void leaving() {
    budget.leaving(this);
  }

  /**
   * The connection is gone: the server's FIN was seen, or waiting for it was given up. The permit
   * is given back by this; the place is free after the settling time.
   */
  public void left() {
    budget.left(this);
  }
}
