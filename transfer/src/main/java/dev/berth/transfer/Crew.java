package dev.berth.transfer;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.LeftRunningException;
import dev.berth.lifetime.Scope;
import dev.berth.pool.ConnectionPool;
import dev.berth.pool.Lease;
import dev.berth.pool.LeaseRequest;
import dev.berth.pool.Leasing;
import dev.berth.transfer.FileResult.Cause;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Does tasks on leased connections, several at a time. Each of its threads leases a connection,
 * works on it as long as there are tasks, and gives it back; who gets none waits, and its wish for
 * one is what makes the budget look for more.
 *
 * <p>A thread holds one lease at most, and no task while it waits for one: one connection is enough
 * for any number of tasks.
 */
final class Crew {
  private static final Logger LOG = System.getLogger(Crew.class.getName());
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  /** Some round trips and a login; nobody waits for longer at the end of a job. */
  private static final Duration OPENINGS_WITHIN = Duration.ofSeconds(2);

  /** Enough for some small files; who pressed a key does not wait for a big one. */
  private static final Duration LAST_FILES_WITHIN = Duration.ofSeconds(1);

  private final ConnectionPool pool;
  private final TransferSettings settings;
  private final String purpose;
  private final TaskQueue queue = new TaskQueue();
  private final Set<LeaseRequest> wishes = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Leasing> stopped = new AtomicReference<>();
  private final AtomicReference<@Nullable IOException> broken = new AtomicReference<>();

  Crew(ConnectionPool pool, TransferSettings settings, String purpose) {
    this.pool = pool;
    this.settings = settings;
    this.purpose = purpose;
  }

  /** Adds a task; tasks may add more while they run. */
  void add(Task task) {
    queue.add(task);
  }

  /**
   * Works until every task has ended, well or not.
   *
   * @return why no connection was to be had, if that ended the work; the tasks left have failed
   *     then
   * @throws IOException what no waiting mends, such as a certificate that is not trusted
   * @throws InterruptedException if the thread that calls is interrupted; the members have ended
   */
  Optional<Leasing> work() throws IOException, InterruptedException {
    try (Scope scope = new Scope("crew", CLOSE_WITHIN)) {
      int members = queue.left() == 0 ? 0 : settings.parallel();
      for (int n = 1; n <= members; n++) {
        scope.forkPlatform("crew-" + n, this::member);
      }
      awaitEnd();
      awaitOpenings(scope);
    }
    IOException failure = broken.get();
    if (failure != null) {
      throw failure;
    }
    Leasing why = stopped.get();
    if (why != null) {
      String reason = why.reason();
      queue.leftOver().forEach(task -> task.failed(Cause.NO_CONNECTION, reason));
    }
    return Optional.ofNullable(why);
  }

  /**
   * An interrupt ends what is under way a moment later: small files that were begun ahead come to
   * their end. vsftpd would wait for their data connections for a minute, and count us so long.
   */
  private void awaitEnd() throws InterruptedException {
    try {
      queue.awaitEnd();
    } catch (InterruptedException e) {
      queue.stop();
      queue.awaitEnd(Deadline.after(LAST_FILES_WITHIN));
      throw e;
    }
  }

  /**
   * A connection that is being opened when the last task ends serves the next crew. Broken off, the
   * server would count it for longer than the budget does: ProFTPD 300 ms, on a busy machine.
   */
  private void awaitOpenings(Scope scope) throws IOException, InterruptedException {
    if (!queue.isDrained()) {
      return;
    }
    withdrawVainWishes();
    try {
      scope.join(Deadline.after(OPENINGS_WITHIN));
    } catch (LeftRunningException late) {
      LOG.log(Level.DEBUG, "event=openings-broken-off purpose=" + purpose, late);
    }
  }

  private void member() throws IOException, InterruptedException {
    boolean done = false;
    try {
      while (queue.awaitWork()) {
        LeaseRequest wish = pool.request(purpose);
        Leasing leasing = lease(wish);
        if (leasing instanceof Leasing.Leased leased) {
          try (Lease lease = leased.lease()) {
            new Shift(lease, queue, this::withdrawVainWishes).work();
          }
        } else {
          queue.served();
          if (!isInVain(wish, leasing)) {
            stopped.compareAndSet(null, leasing);
            queue.stop();
          }
        }
      }
      done = true;
    } catch (IOException e) {
      // Kept before the end of the work is known: that interrupts us, and to a scope a failure
      // under an interrupt is none.
      if (!Thread.currentThread().isInterrupted()) {
        broken.compareAndSet(null, e);
      }
      throw e;
    } finally {
      if (!done) {
        queue.stop();
      }
    }
  }

  private Leasing lease(LeaseRequest wish) throws IOException, InterruptedException {
    wishes.add(wish);
    try {
      withdrawVainWishes();
      return wish.await(Deadline.after(settings.patience()));
    } finally {
      wishes.remove(wish);
    }
  }

  /** When others have taken the last task that waited, nobody needs to wait for a connection. */
  private void withdrawVainWishes() {
    if (queue.isDrained()) {
      wishes.forEach(LeaseRequest::withdraw);
    }
  }

  /**
   * A wait that has ended without a connection does not matter while others work, or nothing waits;
   * nor if we ended it, though a task that failed may wait again by now.
   */
  private boolean isInVain(LeaseRequest wish, Leasing leasing) {
    return leasing instanceof Leasing.TimedOut
        && (wish.isWithdrawn() || pool.isAnyAtWork() || queue.isDrained());
  }
}
