package dev.berth.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;

/** The faults of control connections. Any thread may ask. */
final class ControlFaults {
  /** Sessions whose bytes are remembered; the oldest are forgotten. */
  private static final int MOST = 10_000;

  private final Duration slow;
  private final Duration ghosts;
  private final double resetRate;
  private final long cutEvery;
  private final ReentrantLock lock = new ReentrantLock();
  private final Random random; // guarded by lock

  @SuppressWarnings("serial") // Nobody writes it out.
  private final Map<Long, Long> said = // guarded by lock; bytes by session
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
          return size() > MOST;
        }
      };

  ControlFaults(List<Fault> faults) {
    Duration slowTime = Duration.ZERO;
    Duration ghostTime = Duration.ZERO;
    double rate = 0;
    long seed = 0;
    long cut = Long.MAX_VALUE;
    for (Fault fault : faults) {
      if (fault instanceof Fault.SlowAccept(Duration time)) {
        slowTime = time;
      } else if (fault instanceof Fault.Ghosts(Duration time)) {
        ghostTime = time;
      } else if (fault instanceof Fault.Resets resets) {
        rate = resets.rate();
        seed = resets.seed();
      } else if (fault instanceof Fault.CutControl(long every)) {
        cut = every;
      }
    }
    this.slow = slowTime;
    this.ghosts = ghostTime;
    this.resetRate = rate;
    this.cutEvery = cut;
    this.random = new Random(seed);
  }

  void beSlow() {
    Holding.back(slow);
  }

  Duration ghosts() {
    return ghosts;
  }

  boolean isReset() {
    if (resetRate == 0) {
      return false;
    }
    lock.lock();
    try {
      return random.nextDouble() < resetRate;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a session has said all that it may, with these bytes. */
  boolean isCut(long session, int bytes) {
    if (cutEvery == Long.MAX_VALUE || session == 0) {
      return false;
    }
    lock.lock();
    try {
      return said.merge(session, (long) bytes, Long::sum) > cutEvery;
    } finally {
      lock.unlock();
    }
  }
}
