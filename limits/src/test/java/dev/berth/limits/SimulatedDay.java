package dev.berth.limits;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * One day at one server, event by event: unlimited demand, sessions of 20 s, other people's
 * sessions that come and go, a limit that may change at night, and closed connections that the
 * server counts for a little longer. Times are milliseconds since midnight.
 */
final class SimulatedDay {
  static final long DAY = 24L * 3600 * 1000;

  /**
   * How long other people stay, and stay away, on average: chosen so that the plain policy comes
   * near the figures of the design.
   */
  private static final int FOREIGN_MINUTES = 25;

  static final long NEVER = Long.MAX_VALUE;

  /** What the day is like. */
  record Scenario(String name, int limit, int atNight, int mostForeign, long lag) {
    int limitAt(long now) {
      return now % DAY < 6 * 3_600_000 ? atNight : limit;
    }
  }

  /** How a client behaves. */
  interface Policy {
    /** When one more may be tried: now or earlier, later, or NEVER before something changes. */
    long mayOpen(int open, int settling, long now);

    void opened(int held, long now);

    void refused(int held, long now);

    /** How long a closed connection counts as open. */
    long settle();
  }

  /** What came of it. */
  record Outcome(double refusalsAnHour, double utilisation) {}

  private final Scenario scenario;
  private final Policy policy;
  private final Random random;
  private final PriorityQueue<Long> ends = new PriorityQueue<>();
  private final PriorityQueue<Long> serverForgets = new PriorityQueue<>();
  private final ArrayDeque<Long> settles = new ArrayDeque<>();
  private final List<Long> foreignTurns = new ArrayList<>();
  private final boolean[] foreignOn;
  private long now;
  private long refusals;
  private double used;
  private double usable;

  SimulatedDay(Scenario scenario, Policy policy, long seed) {
    this.scenario = scenario;
    this.policy = policy;
    this.random = new Random(seed);
    foreignOn = new boolean[scenario.mostForeign()];
    for (int i = 0; i < scenario.mostForeign(); i++) {
      foreignTurns.add(exponential(FOREIGN_MINUTES));
    }
  }

  Outcome run() {
    while (now < DAY) {
      endWhatIsOver();
      long next = openWhatMay();
      long until = Math.min(Math.min(next, nextEvent()), DAY);
      int free = Math.max(0, scenario.limitAt(now) - foreign());
      used += (double) Math.min(ends.size(), free) * (until - now);
      usable += (double) free * (until - now);
      now = until;
    }
    return new Outcome(refusals / 24.0, used / usable);
  }

  private void endWhatIsOver() {
    while (!ends.isEmpty() && ends.peek() <= now) {
      ends.remove();
      serverForgets.add(now + (random.nextInt(4) == 0 ? 0 : scenario.lag()));
      settles.add(now + policy.settle());
    }
    while (!settles.isEmpty() && settles.peek() <= now) {
      settles.remove();
    }
    while (!serverForgets.isEmpty() && serverForgets.peek() <= now) {
      serverForgets.remove();
    }
    for (int i = 0; i < foreignOn.length; i++) {
      if (foreignTurns.get(i) <= now) {
        foreignOn[i] = !foreignOn[i];
        foreignTurns.set(i, now + exponential(FOREIGN_MINUTES));
      }
    }
  }

  private long openWhatMay() {
    long next = policy.mayOpen(ends.size(), settles.size(), now);
    while (next <= now) {
      int held = ends.size();
      if (held + serverForgets.size() + foreign() < scenario.limitAt(now)) {
        ends.add(now + 15_000 + random.nextInt(10_000));
        policy.opened(held + 1, now);
      } else {
        refusals++;
        policy.refused(held, now);
      }
      next = policy.mayOpen(ends.size(), settles.size(), now);
    }
    return next;
  }

  private long nextEvent() {
    long next = NEVER;
    next = ends.isEmpty() ? next : Math.min(next, ends.peek());
    next = settles.isEmpty() ? next : Math.min(next, settles.peek());
    for (long turn : foreignTurns) {
      next = Math.min(next, turn);
    }
    return next;
  }

  private int foreign() {
    int count = 0;
    for (boolean on : foreignOn) {
      count += on ? 1 : 0;
    }
    return count;
  }

  private long exponential(int meanMinutes) {
    return 1 + (long) (-Math.log(1 - random.nextDouble()) * meanMinutes * 60_000);
  }
}
