package dev.berth.limits;

import java.time.Instant;
import java.util.List;

/**
 * A budget at one moment, for messages, metrics and people. Immutable.
 *
 * @param name whose budget
 * @param at the moment
 * @param state what is known about the limits, and the pace
 * @param holders one for each place that is not free
 * @param waiting who waits, in the order of their turns
 * @param elsewhere what other Berths of this machine hold, one for each place
 * @param outsiders other programs of this machine, one for each connection that they have
 * @param closed whether the budget was closed
 */
public record Snapshot(
    BudgetName name,
    Instant at,
    LimitState state,
    List<Holder> holders,
    List<Ticket> waiting,
    List<Occupant> elsewhere,
    List<Outsider> outsiders,
    boolean closed) {

  /**
   * One place and who holds it.
   *
   * @param ticket for which it was granted last
   * @param since since when it is in this state
   */
  public record Holder(Ticket ticket, PlaceState state, Instant since) {}

  public Snapshot {
    holders = List.copyOf(holders);
    waiting = List.copyOf(waiting);
    elsewhere = List.copyOf(elsewhere);
    outsiders = List.copyOf(outsiders);
  }

  /** How many connections the server counts, or may count. */
  public int open() {
    return holders.size();
  }

  /** How many places of the limit others hold just now: other programs, or ghosts of ours. */
  public int ghostsSuspected() {
    return state.address().missing();
  }
}
