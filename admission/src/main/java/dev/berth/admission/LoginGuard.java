package dev.berth.admission;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes guessing passwords slow: failed logins of a prefix cost more and more time, and at last a
 * ban. Any thread may call it; it never blocks. What it remembers is bounded.
 *
 * <p>A login that works takes back only the failures on the same account: who has an account of
 * their own cannot wash off their guesses at others' with it.
 */
public final class LoginGuard {
  /** A longer name is no account; failures on it are never taken back. */
  private static final int LONGEST_NAME = 128;

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Network, Deque<Failure>> failures =
      new LinkedHashMap<>(16, 0.75f, true); // guarded by lock, as all below
  private final Map<Network, Instant> bans = new LinkedHashMap<>();
  private GuardRules rules;

  private record Failure(Instant at, String account) {}

  /**
   * A guard that remembers nothing yet.
   *
   * @param clock a clock that does not step: {@link dev.berth.lifetime.SteadyClock}
   */
  public LoginGuard(GuardRules rules, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /** Asked at accept: a refusal if nobody from there may come in now. */
  public Optional<Refusal> judge(InetAddress caller) {
    lock.lock();
    try {
      Instant now = clock.instant();
      Network prefix = rules.prefixes().of(caller);
      Instant until = bans.get(prefix);
      if (until == null || isExempt(caller)) {
        return Optional.empty();
      }
      if (!until.isAfter(now)) {
        bans.remove(prefix);
        return Optional.empty();
      }
      return Optional.of(new Refusal.Banned(prefix, Duration.between(now, until)));
    } finally {
      lock.unlock();
    }
  }

  /**
   * A login has failed.
   *
   * @param account the name that was tried, whether there is such an account or not
   */
  public Penalty failed(InetAddress caller, String account) {
    lock.lock();
    try {
      if (isExempt(caller)) {
        return new Penalty.Delay(Duration.ZERO);
      }
      Instant now = clock.instant();
      Network prefix = rules.prefixes().of(caller);
      Deque<Failure> past = failures.computeIfAbsent(prefix, p -> new ArrayDeque<>(2));
      forgetOld(past, now);
      past.add(new Failure(now, account.length() > LONGEST_NAME ? "" : account));
      forgetOldest(failures);
      if (past.size() < rules.failures()) {
        return new Penalty.Delay(
            new Doubling(rules.firstDelay(), rules.longestDelay()).at(past.size()));
      }
      failures.remove(prefix);
      bans.remove(prefix);
      bans.put(prefix, now.plus(rules.ban()));
      forgetOldest(bans);
      return new Penalty.Ban(new Refusal.Banned(prefix, rules.ban()));
    } finally {
      lock.unlock();
    }
  }

  /** A login was right: the failures on this account from there were slips of its owner. */
  public void succeeded(InetAddress caller, String account) {
    lock.lock();
    try {
      Network prefix = rules.prefixes().of(caller);
      Deque<Failure> past = failures.get(prefix);
      if (past != null && !account.isEmpty()) {
        past.removeIf(failure -> failure.account().equals(account));
        if (past.isEmpty()) {
          failures.remove(prefix);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Judges by other rules from now on; bans last as long as they were told. */
  public void reload(GuardRules newRules) {
    lock.lock();
    try {
      rules = newRules;
      forgetOldest(failures);
      forgetOldest(bans);
    } finally {
      lock.unlock();
    }
  }

  private boolean isExempt(InetAddress caller) {
    return rules.exempt().stream().anyMatch(network -> network.contains(caller));
  }

  private void forgetOld(Deque<Failure> past, Instant now) {
    Instant oldest = now.minus(rules.window());
    while (!past.isEmpty() && !past.getFirst().at().isAfter(oldest)) {
      past.removeFirst();
    }
  }

  private <V> void forgetOldest(Map<Network, V> map) {
    Iterator<Network> oldest = map.keySet().iterator();
    while (map.size() > rules.mostPrefixes()) {
      oldest.next();
      oldest.remove();
    }
  }
}
