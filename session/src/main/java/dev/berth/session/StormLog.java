package dev.berth.session;

import dev.berth.admission.Refusal;
import dev.berth.lifetime.Pause;
import dev.berth.lifetime.Scope;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Logs the refusals of a storm: a line a second for each listener, address and cause, with their
 * number, where a line for each refusal would fill the disk. Any thread.
 */
final class StormLog {
  private static final Logger LOG = System.getLogger(StormLog.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** So many a second have a line each; the others share one. */
  private static final int MOST_LINES = 1000;

  private static final Line OTHERS = new Line("any", "others", "any");

  private final Scope scope;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<Line, Count> counts = new LinkedHashMap<>(); // guarded by lock

  /** What is counted together. */
  private record Line(String listener, String address, String cause) {}

  /** How often, and what was said last. */
  private record Count(long refusals, String text) {}

  /**
   * A log.
   *
   * @param scope its thread, while there is a storm
   */
  StormLog(Scope scope) {
    this.scope = scope;
  }

  /** One more refusal, to be logged within a second. */
  void add(String listener, InetAddress client, Refusal refusal) {
    Line line = new Line(listener, client.getHostAddress(), refusal.cause());
    boolean isFirst;
    lock.lock();
    try {
      isFirst = counts.isEmpty();
      Line room = counts.size() < MOST_LINES || counts.containsKey(line) ? line : OTHERS;
      Count before = counts.getOrDefault(room, new Count(0, ""));
      counts.put(room, new Count(before.refusals() + 1, refusal.text()));
    } finally {
      lock.unlock();
    }
    if (isFirst) {
      tellLater();
    }
  }

  private void tellLater() {
    try {
      scope.fork(
          "storm-log",
          () -> {
            try {
              Pause.of(EVERY);
            } finally {
              tell();
            }
          });
    } catch (IllegalStateException e) {
      tell(); // All sessions are being ended.
    }
  }

  private void tell() {
    Map<Line, Count> told;
    lock.lock();
    try {
      told = counts;
      counts = new LinkedHashMap<>();
    } finally {
      lock.unlock();
    }
    told.forEach((line, count) ->
        LOG.log(
            Level.INFO,
            "event=refused-many listener={0} address={1} cause={2} count={3} text={4}",
            Service.logged(line.listener()),
            line.address(),
            line.cause(),
            Long.toString(count.refusals()),
            Service.logged(count.text())));
  }
}
