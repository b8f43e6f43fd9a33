package dev.berth.limits;

import java.util.SortedMap;
import java.util.TreeMap;

/** Joins what two programs learned about one server. Pure. */
final class LimitMerge {
  private LimitMerge() {}

  /**
   * For each ceiling the better evidence, and the longer pause. A limit that a user set or forgot
   * by hand meanwhile stands, with what was found of accounts since.
   */
  static LimitState of(LimitState ours, LimitState theirs) {
    int later = ours.decided().compareTo(theirs.decided());
    if (later != 0) {
      return later > 0 ? decided(ours, theirs) : decided(theirs, ours);
    }
    SortedMap<Account, Ceiling> accounts = new TreeMap<>(theirs.accounts());
    ours.accounts()
        .forEach((account, ceiling) -> accounts.merge(account, ceiling, (a, b) -> better(b, a)));
    return new LimitState(
        better(ours.address(), theirs.address()),
        accounts,
        later(ours.pace(), theirs.pace()),
        ours.decided());
  }

  private static LimitState decided(LimitState later, LimitState before) {
    SortedMap<Account, Ceiling> accounts = new TreeMap<>(later.accounts());
    before
        .accounts()
        .forEach((account, ceiling) -> {
          if (ceiling.evidence().at().isAfter(later.decided())) {
            accounts.putIfAbsent(account, ceiling);
          }
        });
    return later.withAccounts(accounts).withPace(later(later.pace(), before.pace()));
  }

  /** The pause that is over later. */
  static Pace later(Pace ours, Pace theirs) {
    return ours.until().isBefore(theirs.until()) ? theirs : ours;
  }

  /** What a server said or did outweighs a guess; of two such, the later one is true today. */
  private static Ceiling better(Ceiling ours, Ceiling theirs) {
    if (ours.evidence().isFixed() != theirs.evidence().isFixed()) {
      return ours.evidence().isFixed() ? ours : theirs;
    }
    boolean oursTested = isTested(ours.evidence());
    if (isOld(ours.evidence(), theirs.evidence()) || isOld(theirs.evidence(), ours.evidence())) {
      return isOld(ours.evidence(), theirs.evidence()) ? theirs : ours;
    }
    if (oursTested != isTested(theirs.evidence())) {
      return oursTested ? ours : theirs;
    }
    return theirs.evidence().at().isAfter(ours.evidence().at()) ? theirs : ours;
  }

  private static boolean isOld(Evidence one, Evidence beside) {
    return one.at().plus(LimitLearner.REMEMBERED_FOR).isBefore(beside.at());
  }

  private static boolean isTested(Evidence evidence) {
    return switch (evidence.kind()) {
      case SEED, GROWN, SUSPECTED, CONFIGURED -> false;
      case PROBED, COUNTED, STATED, SET -> true;
    };
  }
}
