package dev.berth.limits;

import dev.berth.dialects.Refusal;
import dev.berth.dialects.Stated;
import java.time.Instant;
import java.util.Random;

/** The learner as a policy of a simulated day, and simpler policies to compare it with. */
final class Policies {
  private Policies() {}

  /** What Berth does. */
  static final class Berth implements SimulatedDay.Policy {
    private static final Account ACCOUNT = new Account("user");
    private static final Refusal FULL =
        new Refusal.Limit(Refusal.Scope.ADDRESS, new Stated.Nothing(), "421 Too many connections");
    private final LimitSettings settings;
    private final LimitLearner learner;
    private final Random random;
    private LimitState state;

    Berth(LimitSettings settings, long seed) {
      this.settings = settings;
      this.learner = new LimitLearner(settings);
      this.random = new Random(seed);
      this.state = learner.first(Instant.EPOCH);
    }

    @Override
    public long mayOpen(int open, int settling, long now) {
      Occupancy places = new Occupancy(0, open, 0, settling, 1);
      return switch (learner.mayOpen(state, ACCOUNT, places, places, Instant.ofEpochMilli(now))) {
        case MayOpen.Now yes -> now;
        case MayOpen.NotBefore later -> later.instant().toEpochMilli();
        case MayOpen.Full full -> SimulatedDay.NEVER;
      };
    }

    @Override
    public void opened(int held, long now) {
      see(new Observation.Opened(ACCOUNT, new Held(held, held)), now);
    }

    @Override
    public void refused(int held, long now) {
      see(new Observation.Refused(ACCOUNT, new Held(held, held), FULL, random.nextDouble()), now);
    }

    private void see(Observation seen, long now) {
      state = learner.next(state, seen, Instant.ofEpochMilli(now));
    }

    @Override
    public long settle() {
      return settings.settle().toMillis();
    }
  }

  /** Try again a second after each refusal: what a loop around curl does. */
  static final class EachSecond implements SimulatedDay.Policy {
    private long notBefore;

    @Override
    public long mayOpen(int open, int settling, long now) {
      return notBefore;
    }

    @Override
    public void opened(int held, long now) {
      // knows no limit
    }

    @Override
    public void refused(int held, long now) {
      notBefore = now + 1000;
    }

    @Override
    public long settle() {
      return 0;
    }
  }

  /** Additive increase, multiplicative decrease, as for a bandwidth. */
  static final class Aimd implements SimulatedDay.Policy {
    private double window = 1;
    private long notBefore;

    @Override
    public long mayOpen(int open, int settling, long now) {
      return open < (int) window ? notBefore : SimulatedDay.NEVER;
    }

    @Override
    public void opened(int held, long now) {
      window += 1 / window;
    }

    @Override
    public void refused(int held, long now) {
      window = Math.max(1, window * 0.9);
      notBefore = now + 1000;
    }

    @Override
    public long settle() {
      return 0;
    }
  }

  /** Anchor and probe in its plainest form: every refusal below the ceiling lowers the ceiling. */
  static final class Plain implements SimulatedDay.Policy {
    private final long settle;
    private final Random random;
    private int ceiling = 2;
    private boolean refusedOnce;
    private long notBefore;
    private long probeAt;
    private long pause = 60_000;

    Plain(long settle, long seed) {
      this.settle = settle;
      this.random = new Random(seed);
    }

    @Override
    public long mayOpen(int open, int settling, long now) {
      if (open + settling < ceiling) {
        return notBefore;
      }
      boolean probe = open == ceiling && settling == 0;
      return probe ? Math.max(notBefore, probeAt) : SimulatedDay.NEVER;
    }

    @Override
    public void opened(int held, long now) {
      if (held > ceiling) {
        ceiling = held;
        pause = 60_000;
        probeAt = refusedOnce ? now + pause : now;
      }
    }

    @Override
    public void refused(int held, long now) {
      refusedOnce = true;
      if (held < ceiling) {
        ceiling = Math.max(1, held);
        pause = 60_000;
        probeAt = now + pause;
      } else {
        probeAt = now + pause;
        pause = Math.min(pause * 2, 1_800_000);
      }
      notBefore = now + 2000 + random.nextInt(1000);
    }

    @Override
    public long settle() {
      return settle;
    }
  }
}
