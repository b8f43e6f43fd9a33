package dev.berth.limits;

import java.time.Instant;
import java.util.List;

/** What a budget knows of its server's limits, and what of that is news. Guarded by its lock. */
final class Learned {
  private final LimitLearner learner;
  private final News news = new News();
  private LimitState state;

  Learned(LimitLearner learner, LimitState known) {
    this.learner = learner;
    this.state = known;
  }

  LimitState state() {
    return state;
  }

  /** As {@link LimitLearner#mayOpen}. */
  MayOpen mayOpen(Account account, Occupancy all, Occupancy own, Instant now) {
    return learner.mayOpen(state, account, all, own, now);
  }

  /** Judges what was seen. */
  void learn(Observation seen, Instant now) {
    adopt(learner.next(state, seen, now));
  }

  /** Takes over what others have judged. */
  void adopt(LimitState next) {
    LimitState before = state;
    state = next;
    news.compare(before, state);
  }

  /** The news after the one with this number. */
  List<LimitLearned> news(long after) {
    return news.after(after);
  }
}
