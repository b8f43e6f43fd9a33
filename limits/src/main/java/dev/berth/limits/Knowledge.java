package dev.berth.limits;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keeps what one budget knows of the limits equal to what all programs of its machine know. What a
 * connection taught is judged on the common state, with the places that others hold counted in. A
 * limit that its user has set is not shared: others may know better. Confined to one thread, but
 * for {@link #close}.
 */
final class Knowledge implements Closeable {
  private static final Duration MOST_AHEAD = Duration.ofMinutes(1);

  private final Budget<?> budget;
  private final LimitLearner learner;
  private final boolean isConfigured;
  private final SharedState shared;
  private final SortedMap<Account, Account> names = new TreeMap<>(); // by key
  private LimitState known;

  Knowledge(Budget<?> budget, SharedFolder folder) throws IOException {
    this.budget = budget;
    this.learner = new LimitLearner(budget.settings());
    this.isConfigured = budget.settings().start() instanceof LimitSettings.Configured;
    this.shared = new SharedState(budget.name(), folder);
    this.known = keyed(budget.snapshot().state());
  }

  /**
   * Begins with what we remember, and with what those know who are at work. Without any, what is
   * written there is of programs that have ended, and remembered where they keep it.
   */
  void join(SlotFiles slots) throws IOException {
    LimitState ours = known;
    if (isConfigured) {
      shared.change(unknown(), theirs -> theirs);
    } else {
      Elsewhere others = slots.elsewhere(budget.clock().instant());
      boolean alone = others.isNobody() && others.waiting().isEmpty();
      known =
          shared.change(
              ours,
              theirs ->
                  alone
                      ? ours.withPace(LimitMerge.later(ours.pace(), plausible(theirs).pace()))
                      : LimitMerge.of(ours, plausible(theirs)));
    }
    budget.adopt(named(known), Elsewhere.NOBODY, 0);
  }

  /** What those know who know nothing: so much must stand there that the server has its name. */
  private LimitState unknown() {
    return new LimitLearner(LimitSettings.standard()).first(budget.clock().instant());
  }

  /** Judges what was seen, and makes it known to all. */
  void tell(List<Observation> seen, Elsewhere elsewhere) throws IOException {
    known =
        isConfigured
            ? judged(known, seen, elsewhere)
            : shared.change(known, theirs -> judged(joined(theirs), seen, elsewhere));
    budget.adopt(named(known), elsewhere, seen.size());
  }

  /** Takes over what others made known. */
  void refresh(Elsewhere elsewhere) throws IOException {
    if (!isConfigured) {
      known = shared.read().map(this::joined).orElse(known);
    }
    budget.adopt(named(known), elsewhere, 0);
  }

  /** What the others know, but for what a newcomer does not know yet, who knew of nobody. */
  private LimitState joined(LimitState theirs) {
    return LimitMerge.of(plausible(theirs), known);
  }

  /**
   * Clocks of programs differ after a computer has slept, and users may write what they like: what
   * is not of our time, or beyond our bounds, is not known.
   */
  private LimitState plausible(LimitState theirs) {
    Instant now = budget.clock().instant();
    LimitSettings settings = budget.settings();
    Instant latest = now.plus(MOST_AHEAD);
    Duration pause = settings.longestBanPause().plus(settings.longestBanPause());
    boolean fits =
        theirs.address().limit() <= settings.most()
            && !theirs.address().evidence().at().isAfter(latest)
            && !theirs.address().roomSince().isAfter(latest)
            && !theirs.address().raiseAt().isAfter(latest.plus(settings.longestProbe()))
            && !theirs.pace().until().isAfter(latest.plus(pause));
    return fits ? theirs : known;
  }

  private LimitState judged(LimitState state, List<Observation> seen, Elsewhere elsewhere) {
    Instant now = budget.clock().instant();
    LimitState next = state;
    for (Observation each : seen) {
      Account key = key(each.account());
      Held inAll = elsewhere.with(each.held(), new AccountKey(key.name()));
      next = learner.next(next, each.as(key, inAll), now);
    }
    return next;
  }

  private Account key(Account account) {
    Account key = new Account(AccountKey.of(budget.name(), account).value());
    names.put(key, account);
    return key;
  }

  private LimitState keyed(LimitState state) {
    SortedMap<Account, Ceiling> accounts = new TreeMap<>();
    state.accounts().forEach((account, ceiling) -> accounts.put(key(account), ceiling));
    return new LimitState(state.address(), accounts, state.pace());
  }

  /** The accounts that are ours; what others use is theirs to know. */
  private LimitState named(LimitState state) {
    SortedMap<Account, Ceiling> accounts = new TreeMap<>();
    state
        .accounts()
        .forEach((key, ceiling) -> {
          Account name = names.get(key);
          if (name != null) {
            accounts.put(name, ceiling);
          }
        });
    return new LimitState(state.address(), accounts, state.pace());
  }

  @Override
  public void close() throws IOException {
    shared.close();
  }
}
