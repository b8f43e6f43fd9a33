package dev.berth.limits;

import dev.berth.limits.Occupant.Doing;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What other programs of this machine have of a budget, at one moment. Immutable.
 *
 * @param holders one for each place that they hold
 * @param waiting the programs that hold fewer than they would like to
 * @param outsiders the programs that are no Berths, one for each connection that they have
 * @param outsidersSince since when there have been any
 */
record Elsewhere(
    List<Occupant> holders,
    List<Occupant> waiting,
    List<Outsider> outsiders,
    Instant outsidersSince) {
  static final Elsewhere NOBODY = new Elsewhere(List.of(), List.of());

  Elsewhere {
    holders = List.copyOf(holders);
    waiting = List.copyOf(waiting);
    outsiders = List.copyOf(outsiders);
  }

  /** Only Berths. */
  Elsewhere(List<Occupant> holders, List<Occupant> waiting) {
    this(holders, waiting, List.of(), Instant.MIN);
  }

  /** The same with other programs beside. */
  Elsewhere beside(List<Outsider> others, Instant since) {
    return new Elsewhere(holders, waiting, others, since);
  }

  /** Our own places and theirs. */
  Occupancy with(Occupancy ours) {
    return with(ours, it -> true);
  }

  /** Our own places of one account, and theirs. */
  Occupancy with(Occupancy ours, AccountKey account) {
    return with(ours, it -> it.account().equals(account));
  }

  /** Whether no other Berth has a place. */
  boolean isNobody() {
    return holders.isEmpty();
  }

  private Occupancy with(Occupancy ours, Predicate<Occupant> counted) {
    return new Occupancy(
        ours.opening() + count(Doing.OPENING, counted),
        ours.open() + count(Doing.CONNECTED, counted),
        ours.leaving() + count(Doing.LEAVING, counted),
        ours.settling(),
        ours.waiting(),
        outsiders.isEmpty() ? Outside.NONE : new Outside(outsiders.size(), outsidersSince));
  }

  /** What is open for certain, of ours and theirs. */
  Held open(Held ours, AccountKey account) {
    return sum(ours, account, Elsewhere::isOpen);
  }

  /** What the server may count, of ours and theirs. */
  Held mayCount(Held ours, AccountKey account) {
    return sum(ours, account, it -> isOpen(it) || it.doing() == Doing.LEAVING);
  }

  private static boolean isOpen(Occupant occupant) {
    return occupant.doing() == Doing.CONNECTED;
  }

  private Held sum(Held ours, AccountKey account, Predicate<Occupant> counted) {
    List<Occupant> theirs = holders.stream().filter(counted).toList();
    long own = theirs.stream().filter(it -> it.account().equals(account)).count();
    boolean isProof = ours.isProof() || theirs.stream().anyMatch(Elsewhere::isOpen);
    return new Held(ours.address() + theirs.size(), ours.account() + (int) own, isProof, outsiders);
  }

  private int count(Doing doing, Predicate<Occupant> counted) {
    int count = 0;
    for (Occupant holder : holders) {
      count += holder.doing() == doing && counted.test(holder) ? 1 : 0;
    }
    return count;
  }

  /** Whether somebody waits who has at least so many places fewer. */
  boolean isPoorer(int ours, int by) {
    return waiting.stream().anyMatch(it -> it.places() + by <= ours);
  }
}
