package dev.berth.limits;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keeps what one budget knows of the limits equal to what all programs of its machine know. What a
 * connection taught is judged on the common state, with the places that others hold counted in. The
 * limit that the settings of one user name is not shared, for others may know better; but who has
 * one learns from all, teaches all, and keeps to the lower one. Confined to one thread, but for
 * {@link #close}.
 */
final class Knowledge implements Closeable {
  private final Budget<?> budget;
  private final LimitLearner learner;
  private final LimitSettings settings;
  private final BudgetName common;
  private final SharedState shared;
  private final SortedMap<Account, Account> names = new TreeMap<>(); // by key
  private LimitState known;

  Knowledge(Budget<?> budget, BudgetName common, SharedFolder folder) throws IOException {
    this.budget = budget;
    this.common = common;
    this.settings = budget.settings().withoutConfigured();
    this.learner = new LimitLearner(settings);
    this.shared = new SharedState(common, folder);
    this.known = keyed(contribution(budget.snapshot().state()));
  }

  /** What we have to say to others. */
  private LimitState contribution(LimitState ours) {
    return switch (budget.settings().start()) {
      case LimitSettings.Configured own ->
          ours.withAddress(Ceiling.first(settings, budget.clock().instant()));
      case LimitSettings.Seed unknown -> ours;
    };
  }

  /**
   * Begins with what we remember, and with what those know who are at work. Without any, what is
   * written there is of programs that have ended, and remembered where they keep it.
   */
  void join(SlotFiles slots) throws IOException {
    LimitState ours = known;
    Elsewhere others = slots.elsewhere(budget.clock().instant());
    boolean alone = others.isNobody() && others.waiting().isEmpty();
    known =
        shared.change(
            ours,
            theirs ->
                alone
                    ? ours.withPace(LimitMerge.later(ours.pace(), plausible(theirs).pace()))
                    : LimitMerge.of(ours, plausible(theirs)));
    budget.shared().adopt(believed(), Elsewhere.NOBODY, 0);
  }

  /** Judges what was seen, and makes it known to all. */
  void tell(List<Observation> seen, Elsewhere elsewhere) throws IOException {
    known = shared.change(known, theirs -> judged(joined(theirs), seen, elsewhere));
    budget.shared().adopt(believed(), elsewhere, seen.size());
  }

  /** Takes over what others made known. */
  void refresh(Elsewhere elsewhere) throws IOException {
    known = shared.read().map(this::joined).orElse(known);
    budget.shared().adopt(believed(), elsewhere, 0);
  }

  private LimitState believed() {
    LimitState named = named(known);
    return switch (budget.settings().start()) {
      case LimitSettings.Configured own ->
          named.withAddress(named.address().under(own.connections()));
      case LimitSettings.Seed unknown -> named;
    };
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
    boolean isSet = theirs.address().evidence().isFixed();
    boolean fits =
        (isSet || theirs.address().limit() <= settings.most())
            && theirs.isOfOurTime(budget.clock().instant(), settings);
    return fits ? theirs.withAddress(theirs.address().atMost(settings.most())) : known;
  }

  private LimitState judged(LimitState state, List<Observation> seen, Elsewhere elsewhere) {
    Instant now = budget.clock().instant();
    LimitState next = state;
    for (Observation each : seen) {
      next = learner.next(next, each.as(key(each.account()), elsewhere), now);
    }
    return next;
  }

  private Account key(Account account) {
    Account key = new Account(AccountKey.of(common, account).value());
    names.put(key, account);
    return key;
  }

  private LimitState keyed(LimitState state) {
    SortedMap<Account, Ceiling> accounts = new TreeMap<>();
    state.accounts().forEach((account, ceiling) -> accounts.put(key(account), ceiling));
    return state.withAccounts(accounts);
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
    return state.withAccounts(accounts);
  }

  @Override
  public void close() throws IOException {
    shared.close();
  }
}
