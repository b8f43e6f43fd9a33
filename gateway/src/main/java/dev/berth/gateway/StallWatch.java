package dev.berth.gateway;

import dev.berth.lifetime.Scope;
import dev.berth.limits.Pressure;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Watches the transfers of one upstream that have a connection which others may have after them:
 * one whose client moves nothing gives way when somebody waits ({@link GivingWay}), the one that
 * has stood longest first, and no more of them than wait. It tells a stalled upload, too, when the
 * server has ended it meanwhile. One thread looks, while there is anything to look at; any thread
 * may come and go.
 */
final class StallWatch implements Closeable {
  private static final Logger LOG = System.getLogger(StallWatch.class.getName());

  /** A quarter of the shortest time that counts as a stall. */
  private static final Duration EVERY = Duration.ofMillis(250);

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  private final Supplier<Pressure> pressure;
  private final GivingWay rule;
  private final Runnable counted;
  private final Scope scope;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Watched> running = new LinkedHashSet<>(); // guarded by lock

  /** What can be seen of a transfer, and be done to it. Called by the one thread that looks. */
  interface Transfer {
    /** How many bytes went over its data connections so far. */
    long moved();

    /** Whether it is the client that it waits for. */
    boolean awaitsClient();

    /** Ends it, and has the client told why. Does not wait for that. */
    void giveWay();

    /** Its client stalls: looks whether the server has anything to say. Does not wait for it. */
    void hearServer();
  }

  private StallWatch(Supplier<Pressure> pressure, GivingWay rule, Runnable counted, Scope scope) {
    this.counted = counted;
    this.pressure = pressure;
    this.rule = rule;
    this.scope = scope;
  }

  /**
   * Begins.
   *
   * @param pressure who has waited for {@link GivingWay#WORTH_GIVING_WAY}
   * @param counted run for each transfer that gives way
   */
  static StallWatch start(
      String upstream, Supplier<Pressure> pressure, GivingWay rule, Runnable counted) {
    StallWatch watch =
        new StallWatch(pressure, rule, counted, new Scope("stalls-" + upstream, CLOSE_WITHIN));
    watch.scope.fork("stalls-" + upstream, watch::lookAgainAndAgain);
    return watch;
  }

  /** A transfer that is watched. */
  final class Watched {
    private final Transfer transfer;
    private Stall stall = Stall.begun(System.nanoTime()); // guarded by lock
    private boolean givesWay; // guarded by lock

    private Watched(Transfer transfer) {
      this.transfer = transfer;
    }

    /** It is not watched any more; returns for how long its client has held it up. */
    Duration end() {
      long moved = transfer.moved();
      boolean awaitsClient = transfer.awaitsClient();
      lock.lock();
      try {
        running.remove(this);
        long now = System.nanoTime();
        return stall.next(moved, awaitsClient, now).stood(now);
      } finally {
        lock.unlock();
      }
    }

    private Seen look() {
      long moved = transfer.moved();
      boolean awaitsClient = transfer.awaitsClient();
      lock.lock();
      try {
        long now = System.nanoTime();
        stall = stall.next(moved, awaitsClient, now);
        return new Seen(this, stall.lasts(now), stall.hasMoved(), givesWay);
      } finally {
        lock.unlock();
      }
    }

    private void giveWay() {
      lock.lock();
      try {
        givesWay = true;
      } finally {
        lock.unlock();
      }
      counted.run();
      transfer.giveWay();
    }
  }

  /** One transfer, at one look. */
  private record Seen(Watched watched, Duration stands, boolean hasMoved, boolean givesWay) {}

  /** From now on it is watched, until {@link Watched#end}. */
  Watched watch(Transfer transfer) {
    Watched watched = new Watched(transfer);
    lock.lock();
    try {
      running.add(watched);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return watched;
  }

  private void lookAgainAndAgain() throws InterruptedException {
    while (true) {
      List<Watched> all = awaitAny();
      try {
        look(all);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "event=stall-watch-fault", e);
      }
      pause();
    }
  }

  private List<Watched> awaitAny() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (running.isEmpty()) {
        changed.await(); // Up to close(), which interrupts it.
      }
      return List.copyOf(running);
    } finally {
      lock.unlock();
    }
  }

  private void pause() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = EVERY.toNanos();
      while (left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void look(List<Watched> all) {
    List<Seen> seen = all.stream().map(Watched::look).toList();
    for (Seen each : seen) {
      if (each.stands().compareTo(Stall.USUAL) >= 0) {
        each.watched().transfer.hearServer();
      }
    }
    Pressure waiting = pressure.get();
    long more = waiting.all() - seen.stream().filter(Seen::givesWay).count();
    if (more > 0) {
      seen.stream()
          .filter(it -> !it.givesWay())
          .filter(
              it -> it.stands().compareTo(rule.patience(waiting, seen.size(), it.hasMoved())) >= 0)
          .sorted(Comparator.comparing(Seen::stands).reversed())
          .limit(more)
          .forEach(it -> it.watched().giveWay());
    }
  }

  @Override
  public void close() throws IOException {
    scope.close();
  }
}
