package dev.berth.pool;

import dev.berth.lifetime.Deadline;
import dev.berth.limits.Ticket;
import java.io.IOException;

/**
 * One wish for a connection. One thread awaits it; any other may withdraw it, so that nobody goes
 * on waiting, and no connection is opened, for what is no longer wanted.
 */
public final class LeaseRequest {
  private final ConnectionPool pool;
  private final Ticket ticket;
  private volatile boolean withdrawn;

  LeaseRequest(ConnectionPool pool, Ticket ticket) {
    this.pool = pool;
    this.ticket = ticket;
  }

  /**
   * Waits for the connection, as {@link ConnectionPool#lease} does. After a {@link
   * Leasing.TimedOut} it may be called again: the wish keeps its turn.
   *
   * @return a {@link Leasing.TimedOut} as well when the wish was withdrawn
   * @throws IOException as {@link ConnectionPool#lease}
   * @throws InterruptedException if the thread is interrupted
   */
  public Leasing await(Deadline deadline) throws IOException, InterruptedException {
    if (withdrawn) {
      return new Leasing.TimedOut("it is not wanted any more");
    }
    return pool.lease(ticket, deadline);
  }

  /**
   * Ends the wait, if there is one. An attempt to open a connection that is under way runs to its
   * end.
   */
  public void withdraw() {
    withdrawn = true;
    pool.withdraw(ticket);
  }

  /** By which it is found among those that wait, and those that hold: its ticket's number. */
  public long number() {
    return ticket.number();
  }

  /** How many have their turn before it. */
  public int ahead() {
    return pool.ahead(ticket);
  }

  /** Whether it was withdrawn: then that it got none says nothing of the server. */
  public boolean isWithdrawn() {
    return withdrawn;
  }
}
