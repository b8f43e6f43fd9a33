package dev.berth.limits;

import dev.berth.dialects.Refusal;
import dev.berth.dialects.Stated;
import dev.berth.limits.Evidence.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * Finds a server's limits from what it does: "anchor and probe". A pure function of the state, what
 * was seen, and the time; immutable; any thread may use it.
 *
 * <p>The rules, and why:
 *
 * <ul>
 *   <li><b>Anchor.</b> A number that the server states wins. Else the limit is the number of
 *       connections that worked when one more was refused. AIMD and the like, made for shares of a
 *       bandwidth, cost a hundred times the refusals here, for a limit is a hard integer.
 *   <li><b>Grow, one at a time</b>, while nothing was ever refused: the first refusal is then the
 *       only one.
 *   <li><b>Keep the limit</b> when refused below it ({@link Ceiling}).
 *   <li><b>Probe upward</b> by one, only while somebody waits, after 60 s, doubling to 30 min.
 *   <li><b>Pause the whole budget</b> after every refusal. Refused attempts themselves count on
 *       vsftpd until its child is reaped: who hammers keeps his own free place from himself.
 *   <li><b>A full server</b> teaches nothing about us, unless it names a number that we hold alone.
 *   <li><b>Silence</b> is ProFTPD's MaxInstances (a limit), its MaxConnectionRate (a pace), or a
 *       ban: weak evidence of a limit, and a long pause.
 *   <li><b>Never learn the settling time</b> from refusals: places taken by others then look like
 *       settling, and utilisation fell from 0.94 to 0.72 in the simulation.
 * </ul>
 */
public final class LimitLearner {
  /** A limit found so long ago is a guess: hosting contracts and configurations change. */
  static final Duration REMEMBERED_FOR = Duration.ofDays(30);

  /** A program that just began tries one more at once only if nobody did for so long. */
  static final Duration RARELY = Duration.ofDays(1);

  private final LimitSettings settings;

  /** A learner by these settings. */
  public LimitLearner(LimitSettings settings) {
    this.settings = settings;
  }

  /** What is known about a server never met. */
  public LimitState first(Instant now) {
    return new LimitState(Ceiling.first(settings, now), new TreeMap<>(), Pace.free(now));
  }

  /**
   * What is still worth knowing of what an earlier program remembered. A configured limit wins over
   * a remembered one.
   */
  public LimitState resume(LimitState remembered, Instant now) {
    return Resumption.of(remembered, settings, now);
  }

  /** How many connections may be open over all accounts, but for one granted probe. */
  public int ceiling(LimitState state) {
    return state.address().room();
  }

  /**
   * Whether one more connection may be opened.
   *
   * @param all the places over all accounts
   * @param own the places of this account, and who waits for it
   */
  MayOpen mayOpen(LimitState state, Account account, Occupancy all, Occupancy own, Instant now) {
    MayOpen answer = state.address().mayOpen(all, now, settings);
    Ceiling ofAccount = state.accounts().get(account);
    if (ofAccount != null) {
      answer = answer.and(ofAccount.mayOpen(own, now, settings));
    }
    Pace pace = state.pace();
    return pace.isOn(now) ? answer.and(new MayOpen.NotBefore(pace.until(), pace.why())) : answer;
  }

  /** The state after one more observation. */
  LimitState next(LimitState state, Observation seen, Instant now) {
    return switch (seen) {
      case Observation.Opened opened -> opened(state, opened, now);
      case Observation.Refused refused -> refused(state, refused, now);
      case Observation.Unreachable unreachable ->
          silent(state, unreachable.held(), unreachable.what(), unreachable.jitter(), now);
    };
  }

  private LimitState opened(LimitState state, Observation.Opened seen, Instant now) {
    LimitState next =
        state
            .withAddress(state.address().opened(seen.held().address(), now, settings))
            .withPace(state.pace().afterSuccess(now));
    Ceiling ofAccount = state.accounts().get(seen.account());
    return ofAccount == null
        ? next
        : next.withAccount(seen.account(), ofAccount.opened(seen.held().account(), now, settings));
  }

  private LimitState refused(LimitState state, Observation.Refused seen, Instant now) {
    double jitter = seen.jitter();
    String words = seen.refusal().words();
    return switch (seen.refusal()) {
      case Refusal.Limit limit ->
          switch (limit.scope()) {
            case ADDRESS -> addressFull(state, seen, limit, now);
            case ACCOUNT -> accountFull(state, seen, limit, now);
            case SERVER -> serverFull(state, seen, limit, now);
          };
      case Refusal.Overload overload -> busy(state, seen, now);
      case Refusal.Silent silent -> silent(state, seen.held(), words, jitter, now);
      case Refusal.ShuttingDown down -> pauseOnly(state, words, jitter, now);
      case Refusal.Unavailable unavailable -> pauseOnly(state, words, jitter, now);
      // These say nothing about how many: who called decides what becomes of the job.
      case Refusal.LoginFailure other -> state;
      case Refusal.Denied other -> state;
      case Refusal.IdleTimeout other -> state;
      case Refusal.TlsRequired other -> state;
      case Refusal.Quota other -> state;
      case Refusal.DataLimit other -> state;
      case Refusal.Unclear other -> state;
    };
  }

  private LimitState addressFull(
      LimitState state, Observation.Refused seen, Refusal.Limit limit, Instant now) {
    int held = seen.held().address();
    Ceiling before = state.address();
    boolean raise = before.isRaise(held, outside(seen));
    return state
        .withAddress(full(before, held, seen, limit, now))
        .withPace(pace(state, raise, limit.words(), seen.jitter(), now));
  }

  private LimitState accountFull(
      LimitState state, Observation.Refused seen, Refusal.Limit limit, Instant now) {
    int held = seen.held().account();
    Ceiling known = state.accounts().get(seen.account());
    Ceiling before = known == null ? unknownAccount(held, now) : known;
    boolean raise = before.isRaise(held, outside(seen));
    return state
        .withAccount(seen.account(), full(before, held, seen, limit, now))
        .withPace(pace(state, raise, limit.words(), seen.jitter(), now));
  }

  /** Until its first refusal an account has no ceiling of its own: so many did work. */
  private Ceiling unknownAccount(int held, Instant now) {
    int start = Math.max(2, held);
    return new Ceiling(
        start,
        start,
        now,
        new Evidence(Kind.SEED, now, ""),
        now,
        settings.firstProbe(),
        settings.firstRecovery());
  }

  private Ceiling full(
      Ceiling before, int held, Observation.Refused seen, Refusal.Limit limit, Instant now) {
    int outside = outside(seen);
    String words = words(seen);
    Ceiling after =
        switch (limit.stated()) {
          case Stated.Figure(int value) when value >= 1 ->
              before.stated(held + outside, value, words, now, settings);
          // "0 connections allowed" closes the door; it is not a ceiling one could stay under.
          case Stated.Figure none ->
              before.counted(held, outside, Kind.COUNTED, words, now, settings);
          case Stated.Nothing none ->
              before.counted(held, outside, Kind.COUNTED, words, now, settings);
        };
    return after.beside(outside, now, settings);
  }

  private static int outside(Observation.Refused seen) {
    return seen.held().outsiders().size();
  }

  /** What the server said, and who of the neighbours had a share in it. */
  private static String words(Observation.Refused seen) {
    StringBuilder words = new StringBuilder(seen.refusal().words());
    List<Outsider> outsiders = seen.held().outsiders();
    if (!outsiders.isEmpty()) {
      words.append(" (beside ").append(outsiders.getFirst().sentence());
      words.append(outsiders.size() > 1 ? " and " + (outsiders.size() - 1) + " more)" : ")");
    }
    return words.toString();
  }

  private LimitState serverFull(
      LimitState state, Observation.Refused seen, Refusal.Limit limit, Instant now) {
    // "2 users (the maximum) are already logged in" while both are ours: that is our limit too.
    return limit.stated() instanceof Stated.Figure(int value)
            && value >= 1
            && value <= seen.held().address() + outside(seen)
        ? addressFull(state, seen, limit, now)
        : busy(state, seen, now);
  }

  /** Too much at the server: a pause, and no further growth; a limit known before stays. */
  private LimitState busy(LimitState state, Observation.Refused seen, Instant now) {
    int held = seen.held().address();
    int outside = outside(seen);
    String words = words(seen);
    Ceiling before = state.address();
    boolean raise = before.isRaise(held, outside);
    Ceiling after =
        raise && held + outside > 0
            ? before
                .counted(held, outside, Kind.SUSPECTED, words, now, settings)
                .beside(outside, now, settings)
            : before;
    return state.withAddress(after).withPace(pace(state, raise, words, seen.jitter(), now));
  }

  private LimitState silent(LimitState state, Held held, String words, double jitter, Instant now) {
    boolean someWork = held.address() > 0;
    int outside = held.outsiders().size();
    Ceiling before = state.address();
    Ceiling after =
        someWork
            ? before
                .counted(held.address(), outside, Kind.SUSPECTED, words, now, settings)
                .beside(outside, now, settings)
            : before;
    String why = "paused: no answer, perhaps a ban (" + words + ")";
    return state
        .withAddress(after)
        .withPace(state.pace().afterSilence(settings, now, jitter, someWork, why));
  }

  private LimitState pauseOnly(LimitState state, String words, double jitter, Instant now) {
    return state.withPace(pace(state, false, words, jitter, now));
  }

  private Pace pace(LimitState state, boolean raise, String words, double jitter, Instant now) {
    String why = "paused after a refusal (" + words + ")";
    return raise
        ? state.pace().afterFailedProbe(settings, now, jitter, why)
        : state.pace().afterRefusal(settings, now, jitter, why);
  }
}
