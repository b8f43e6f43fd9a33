package dev.berth.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is known about the limits of one budget. Immutable; changed only by {@link
 * LimitLearner}; kept between runs by {@link LimitMemory}.
 *
 * @param address the ceiling over all connections from our address
 * @param accounts the ceilings of the accounts that were ever refused for themselves; at most
 *     {@link #MOST_ACCOUNTS}
 * @param pace how often new connections may be tried
 * @param decided when a user set or forgot the limit by hand: what was known before does not count
 *     any more; {@link Instant#EPOCH} if nobody ever did
 */
public record LimitState(
    Ceiling address, SortedMap<Account, Ceiling> accounts, Pace pace, Instant decided) {
  /** More accounts than this are not kept: the one whose evidence is oldest is forgotten. */
  public static final int MOST_ACCOUNTS = 256;

  /** Clocks of programs differ by less. */
  private static final Duration MOST_AHEAD = Duration.ofMinutes(1);

  /** Nobody ever set or forgot it. */
  public LimitState(Ceiling address, SortedMap<Account, Ceiling> accounts, Pace pace) {
    this(address, accounts, pace, Instant.EPOCH);
  }

  public LimitState {
    SortedMap<Account, Ceiling> copy = new TreeMap<>(accounts);
    while (copy.size() > MOST_ACCOUNTS) {
      copy.remove(withOldestEvidence(copy));
    }
    accounts = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * The same, with one connection more to be tried at once if somebody waits: for a user who asks
   * what the limit is today. A pause that is not over stays.
   */
  public LimitState dueForProbe(Instant now) {
    SortedMap<Account, Ceiling> due = new TreeMap<>(accounts);
    due.replaceAll((account, ceiling) -> ceiling.withRaiseAt(now));
    return new LimitState(address.withRaiseAt(now), due, pace);
  }

  /** Whether it can be known by now: else it was written by a clock that was ahead. */
  boolean isOfOurTime(Instant now, LimitSettings settings) {
    Instant latest = now.plus(MOST_AHEAD);
    Duration pause = settings.longestBanPause().plus(settings.longestBanPause());
    return !decided.isAfter(latest)
        && !address.evidence().at().isAfter(latest)
        && !address.roomSince().isAfter(latest)
        && !address.raiseAt().isAfter(latest.plus(settings.longestProbe()))
        && !pace.until().isAfter(latest.plus(pause));
  }

  LimitState withAddress(Ceiling ceiling) {
    return new LimitState(ceiling, accounts, pace, decided);
  }

  LimitState withAccount(Account account, Ceiling ceiling) {
    SortedMap<Account, Ceiling> changed = new TreeMap<>(accounts);
    changed.put(account, ceiling);
    return new LimitState(address, changed, pace, decided);
  }

  LimitState withPace(Pace newPace) {
    return new LimitState(address, accounts, newPace, decided);
  }

  LimitState withAccounts(SortedMap<Account, Ceiling> others) {
    return new LimitState(address, others, pace, decided);
  }

  /**
   * As if nothing were known, decided by the user now. What others still know of before gives way.
   */
  static LimitState forgotten(Instant now) {
    LimitState first = new LimitLearner(LimitSettings.standard()).first(now);
    return new LimitState(first.address(), first.accounts(), first.pace(), now);
  }

  /**
   * A limit that the user sets for all runs.
   *
   * @param connections 1 to 1000
   */
  static LimitState set(int connections, Instant now) {
    LimitState none = forgotten(now);
    LimitSettings settings = LimitSettings.standard();
    Ceiling fixed =
        new Ceiling(
            connections,
            connections,
            now,
            new Evidence(Evidence.Kind.SET, now, ""),
            now,
            settings.firstProbe(),
            settings.firstRecovery());
    return none.withAddress(fixed);
  }

  private static Account withOldestEvidence(SortedMap<Account, Ceiling> ceilings) {
    Account oldest = ceilings.firstKey();
    for (Account account : ceilings.keySet()) {
      if (at(ceilings, account).isBefore(at(ceilings, oldest))) {
        oldest = account;
      }
    }
    return oldest;
  }

  private static Instant at(SortedMap<Account, Ceiling> ceilings, Account account) {
    Ceiling ceiling = ceilings.get(account);
    return ceiling == null ? Instant.MAX : ceiling.evidence().at();
  }
}
