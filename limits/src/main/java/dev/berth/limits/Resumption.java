package dev.berth.limits;

import dev.berth.limits.Evidence.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** What remembered knowledge is worth to a program that begins now. Pure. */
final class Resumption {
  private Resumption() {}

  static LimitState of(LimitState remembered, LimitSettings settings, Instant now) {
    SortedMap<Account, Ceiling> accounts = new TreeMap<>();
    remembered
        .accounts()
        .forEach((account, ceiling) -> accounts.put(account, ceiling(ceiling, settings, now)));
    Ceiling address =
        switch (settings.start()) {
          case LimitSettings.Configured configured -> Ceiling.first(settings, now);
          case LimitSettings.Seed seed -> ceiling(remembered.address(), settings, now);
        };
    return new LimitState(
        address,
        accounts,
        pace(remembered.pace(), settings, now),
        earlier(remembered.decided(), now));
  }

  private static Ceiling ceiling(Ceiling old, LimitSettings settings, Instant now) {
    int limit = Math.min(old.limit(), settings.most());
    return new Ceiling(
        limit,
        room(old, limit, settings, now),
        earlier(old.roomSince(), now),
        evidence(old.evidence(), now),
        raiseAt(old, settings, now),
        between(settings.firstProbe(), old.probePause(), settings.longestProbe()),
        settings.firstRecovery());
  }

  /** What others or ghosts held has come back after the server's idle time. */
  private static int room(Ceiling old, int limit, LimitSettings settings, Instant now) {
    boolean back = old.roomSince().plus(settings.longestRecovery()).isBefore(now);
    return back ? limit : Math.min(old.room(), limit);
  }

  /** A limit that is old, or that its user no longer sets, is where the search begins. */
  private static Evidence evidence(Evidence old, Instant now) {
    boolean aged = old.at().plus(LimitLearner.REMEMBERED_FOR).isBefore(now);
    boolean guess = (aged && !old.isFixed()) || old.kind() == Kind.CONFIGURED;
    Instant at = earlier(old.at(), now);
    return new Evidence(guess ? Kind.SEED : old.kind(), at, old.words());
  }

  /**
   * A job of a minute that runs each hour shall meet no refusal at all; yet who only runs such jobs
   * shall learn one day that the server allows more. Growth goes on where it stood.
   */
  private static Instant raiseAt(Ceiling old, LimitSettings settings, Instant now) {
    boolean growing = old.evidence().isUntested() && old.room() == old.limit();
    boolean due = old.raiseAt().plus(LimitLearner.RARELY).isBefore(now);
    if (growing || due) {
      return now;
    }
    Instant soonest = now.plus(settings.firstProbe());
    Instant latest = now.plus(settings.longestProbe());
    return earlier(old.raiseAt().isBefore(soonest) ? soonest : old.raiseAt(), latest);
  }

  /**
   * The clock may have stepped between two runs. A pause longer than the longest there is was
   * written by a clock that was ahead: when it ends is not known, and it begins anew.
   */
  private static Pace pace(Pace old, LimitSettings settings, Instant now) {
    boolean isSilent = old.silences() > 0;
    Duration most = isSilent ? settings.longestBanPause() : settings.longestRecovery();
    // In whole milliseconds: Duration multiplies by way of BigDecimal, 20 ms of a program's start.
    Instant latest = now.plusMillis(most.toMillis() * 3 / 2);
    Duration first = isSilent ? settings.banPause() : settings.pause();
    Instant until = old.until().isAfter(latest) ? now.plus(first) : old.until();
    return new Pace(until, old.refusals(), old.silences(), old.why());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Duration between(Duration least, Duration value, Duration most) {
    if (value.compareTo(least) < 0) {
      return least;
    }
    return value.compareTo(most) > 0 ? most : value;
  }
}
