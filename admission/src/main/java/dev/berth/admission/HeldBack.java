package dev.berth.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * How long refusals are held back, by prefix. A refusal counts as held until its time is over, also
 * if its client has gone meanwhile: nobody has to say so. Guarded by the lock of its admission.
 */
final class HeldBack {
  private final Map<Network, Past> pasts = new LinkedHashMap<>(16, 0.75f, true);
  private final PriorityQueue<Instant> held = new PriorityQueue<>();

  /** The refusals of one prefix. */
  private static final class Past {
    private double refusals;
    private Instant at;
    private final Deque<Instant> held = new ArrayDeque<>(2);

    Past(Instant at) {
      this.at = at;
    }
  }

  /**
   * How one refusal is told.
   *
   * @param heldBack for how long to hold it back
   * @param inStorm whether it should be held back, and cannot, for too many are
   */
  record Pace(Duration heldBack, boolean inStorm) {
    static final Pace AT_ONCE = new Pace(Duration.ZERO, false);
  }

  /** One more refusal of the prefix. */
  Pace next(Network prefix, Pacing pacing, Instant now) {
    Past past = pasts.computeIfAbsent(prefix, p -> new Past(now));
    forgetTheOldest(pacing.mostPrefixes());
    double halves =
        (double) Duration.between(past.at, now).toMillis() / pacing.halfLife().toMillis();
    past.refusals = past.refusals * Math.pow(0.5, Math.max(0, halves)) + 1;
    past.at = now;
    Duration wait =
        new Doubling(pacing.first(), pacing.longest())
            .at(Math.round(past.refusals) - pacing.free());
    if (wait.isZero()) {
      return Pace.AT_ONCE;
    }
    return take(past, now, wait, pacing) ? new Pace(wait, false) : new Pace(Duration.ZERO, true);
  }

  private boolean take(Past past, Instant now, Duration wait, Pacing pacing) {
    while (!held.isEmpty() && !held.peek().isAfter(now)) {
      held.remove();
    }
    past.held.removeIf(until -> !until.isAfter(now));
    if (held.size() >= pacing.mostHeld() || past.held.size() >= pacing.mostHeldOfPrefix()) {
      return false;
    }
    Instant until = now.plus(wait);
    held.add(until);
    past.held.add(until);
    return true;
  }

  private void forgetTheOldest(int most) {
    Iterator<Network> oldest = pasts.keySet().iterator();
    while (pasts.size() > most) {
      oldest.next();
      oldest.remove();
    }
  }

  int remembered() {
    return pasts.size();
  }
}
