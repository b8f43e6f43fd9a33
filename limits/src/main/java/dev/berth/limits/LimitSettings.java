package dev.berth.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be set about limits, checked as a whole.
 *
 * @param start what to begin with
 * @param most never more connections than this to one server, whatever it allows; 1 to 10,000
 * @param pause no attempt for so long after a refusal; half of it again at most as jitter
 * @param firstProbe how long after the limit was found one more is tried
 * @param longestProbe to what that grows while each probe is refused
 * @param firstRecovery how soon places that somebody else holds are tried again
 * @param longestRecovery to what that grows: the server's idle time, after which a ghost is gone
 * @param fade how long the server must give less than a counted limit until the limit is lowered
 * @param banPause the first pause after silence while connections of ours work
 * @param longestBanPause to what that grows
 * @param longestSilence to what the pause after silence grows while no connection of ours works
 * @param settle how long a closed connection counts as open
 * @param patience how long a waiter watches connections go to others of their own account before
 *     one is closed for it
 * @param mostWaiters how many may wait at once; 1 to 1,000,000
 * @param reserve how many connections long uses leave to brief ones where they can have one
 *     themselves; 0 to 1,000
 */
public record LimitSettings(
    Start start,
    int most,
    Duration pause,
    Duration firstProbe,
    Duration longestProbe,
    Duration firstRecovery,
    Duration longestRecovery,
    Duration fade,
    Duration banPause,
    Duration longestBanPause,
    Duration longestSilence,
    Duration settle,
    Duration patience,
    int mostWaiters,
    int reserve) {

  /** What to begin with when nothing is remembered. */
  public sealed interface Start {
    /** The number itself. */
    int connections();
  }

  /**
   * The user knows the limit: it is never exceeded, not even by a probe.
   *
   * @param connections at least 1
   */
  public record Configured(int connections) implements Start {}

  /**
   * Nobody knows the limit: begin with so many, and find out.
   *
   * @param connections at least 1
   */
  public record Seed(int connections) implements Start {}

  public LimitSettings {
    List<String> faults = new ArrayList<>();
    check(faults, start.connections() >= 1, "start", start.connections(), "at least 1");
    check(faults, most >= 1 && most <= 10_000, "most", most, "1 to 10,000");
    check(faults, start.connections() <= most, "start", start.connections(), "at most " + most);
    check(faults, positive(pause), "pause", pause, "more than zero");
    check(faults, positive(firstProbe), "firstProbe", firstProbe, "more than zero");
    ordered(faults, "firstProbe", firstProbe, "longestProbe", longestProbe);
    check(faults, positive(firstRecovery), "firstRecovery", firstRecovery, "more than zero");
    ordered(faults, "firstRecovery", firstRecovery, "longestRecovery", longestRecovery);
    ordered(faults, "pause", pause, "longestRecovery", longestRecovery);
    check(faults, positive(fade), "fade", fade, "more than zero");
    check(faults, positive(banPause), "banPause", banPause, "more than zero");
    ordered(faults, "banPause", banPause, "longestBanPause", longestBanPause);
    ordered(faults, "pause", pause, "longestSilence", longestSilence);
    check(faults, !settle.isNegative(), "settle", settle, "not negative");
    check(faults, !patience.isNegative(), "patience", patience, "not negative");
    check(
        faults,
        mostWaiters >= 1 && mostWaiters <= 1_000_000,
        "mostWaiters",
        mostWaiters,
        "1 to 1,000,000");
    check(faults, reserve >= 0 && reserve <= 1000, "reserve", reserve, "0 to 1,000");
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("limits: " + String.join("; ", faults));
    }
  }

  /**
   * What is used when nothing is set. Why these figures: 2 s after a refusal, a probe after 60 s to
   * 30 min, and missing places after 20 s to 5 min, are what the simulated days came out best with
   * (LimitSimulationTest); 250 ms of settling is ten times the 20 ms after which vsftpd let
   * everybody in again; 5 min is the idle time of vsftpd as shipped.
   */
  public static LimitSettings standard() {
    return new LimitSettings(
        new Seed(2),
        64,
        Duration.ofSeconds(2),
        Duration.ofSeconds(60),
        Duration.ofMinutes(30),
        Duration.ofSeconds(20),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(30),
        Duration.ofMinutes(10),
        Duration.ofMillis(250),
        Duration.ofSeconds(10),
        10_000,
        0);
  }

  /** These settings with a limit that the user knows. */
  public LimitSettings withConfigured(int connections) {
    return with(new Configured(connections), connections, settle);
  }

  /** These settings, with room for a limit that a user has set by hand above what is usual. */
  public LimitSettings covering(Recall<LimitState> remembered) {
    if (!(remembered instanceof Recall.Known<LimitState>(LimitState state))) {
      return this;
    }
    Ceiling known = state.address();
    boolean isAbove = known.evidence().isFixed() && known.limit() > most;
    return isAbove && start instanceof Seed ? withMost(known.limit()) : this;
  }

  /** These settings without a limit that the user knows, as others judge who know none. */
  LimitSettings withoutConfigured() {
    LimitSettings usual = standard();
    return start instanceof Configured
        ? with(usual.start, Math.max(most, usual.most), settle)
        : this;
  }

  /** These settings with another settling time, as for a server known to be fast or slow. */
  public LimitSettings withSettle(Duration time) {
    return with(start, most, time);
  }

  /** These settings with another bound on what may be found. */
  public LimitSettings withMost(int connections) {
    return with(start, connections, settle);
  }

  /**
   * These settings for many clients who share.
   *
   * @param newReserve see {@code reserve}
   * @param newPatience see {@code patience}
   * @param newMostWaiters see {@code mostWaiters}
   */
  public LimitSettings forMany(int newReserve, Duration newPatience, int newMostWaiters) {
    return with(start, most, settle, newReserve, newPatience, newMostWaiters);
  }

  private LimitSettings with(Start newStart, int newMost, Duration newSettle) {
    return with(newStart, newMost, newSettle, reserve, patience, mostWaiters);
  }

  private LimitSettings with(
      Start newStart,
      int newMost,
      Duration newSettle,
      int newReserve,
      Duration newPatience,
      int newMostWaiters) {
    return new LimitSettings(
        newStart,
        newMost,
        pause,
        firstProbe,
        longestProbe,
        firstRecovery,
        longestRecovery,
        fade,
        banPause,
        longestBanPause,
        longestSilence,
        newSettle,
        newPatience,
        newMostWaiters,
        newReserve);
  }

  private static boolean positive(Duration time) {
    return !time.isNegative() && !time.isZero();
  }

  private static void ordered(
      List<String> faults, String shortName, Duration shorter, String longName, Duration longer) {
    check(
        faults,
        shorter.compareTo(longer) <= 0,
        longName,
        longer,
        "at least " + shortName + " = " + shorter);
  }

  private static void check(
      List<String> faults, boolean right, String key, Object value, String range) {
    if (!right) {
      faults.add(key + " = " + value + " must be " + range);
    }
  }
}
