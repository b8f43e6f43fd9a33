package dev.berth.pool;

import dev.berth.client.Answer;
import dev.berth.client.Answers;
import dev.berth.client.Fact;
import dev.berth.client.FtpConnection;
import dev.berth.client.IdleSession;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Watches one idle session until the server ends it, and, if the budget has room, beside it one
 * that sends NOOP now and then: that does not always count (Pure-FTPd ends such a session after
 * twice the time, ProFTPD after TimeoutNoTransfer).
 */
final class IdleWatch {
  private static final Duration ROOM_WITHIN = Duration.ofSeconds(5);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final ConnectionPool pool;
  private final Answers answers;
  private final Duration most;

  IdleWatch(ConnectionPool pool, Answers answers, Duration most) {
    this.pool = pool;
    this.answers = answers;
    this.most = most;
  }

  /** Watches the connection of a lease, which is of no use afterwards. */
  void run(Lease idle) throws IOException, InterruptedException {
    Attempt second = pool.attempt("probe of NOOP", Deadline.after(ROOM_WITHIN));
    AtomicReference<IdleSession.End> end = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    try (Scope scope = new Scope("idle watch", CLOSE_WITHIN)) {
      FtpConnection connection = idle.connection();
      scope.forkPlatform(
          "idle",
          () -> {
            try {
              end.set(new IdleSession(connection).await(most));
            } finally {
              ended.countDown();
            }
          });
      if (second instanceof Attempt.Opened opened) {
        try (Lease busy = opened.lease()) {
          keepBusy(busy, ended);
        }
      } else {
        answers.note(
            Fact.NOOP_KEEPS_ALIVE, new Answer.Unknown("no second connection was to be had"));
      }
      scope.join(Deadline.after(most.plus(CLOSE_WITHIN)));
    }
    answers.note(Fact.IDLE_MEASURED, measured(end.get()));
  }

  private static Answer measured(IdleSession.End end) {
    return switch (end) {
      case IdleSession.Ended(Duration after, String words) ->
          new Answer.Told(seconds(after), words);
      case IdleSession.Lasted(Duration time) ->
          new Answer.Unknown("longer than " + seconds(time) + ", for which it was watched");
    };
  }

  /** NOOP again and again, until well after the idle session was ended, or the time is over. */
  private void keepBusy(Lease busy, CountDownLatch idleEnded)
      throws IOException, InterruptedException {
    long every = Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, most.toNanos() / 20));
    long began = System.nanoTime();
    Deadline bound = Deadline.after(most);
    Deadline enough = bound;
    boolean isIdleOver = false;
    while (!enough.isOver()) {
      if (busy.isWantedElsewhere()) {
        answers.note(
            Fact.NOOP_KEEPS_ALIVE,
            new Answer.Unknown("given up: another program of this machine wanted the connection"));
        return;
      }
      long wait = Math.min(every, enough.remainingNanos());
      if (isIdleOver) {
        TimeUnit.NANOSECONDS.sleep(wait);
      } else if (idleEnded.await(wait, TimeUnit.NANOSECONDS)) {
        isIdleOver = true;
        // Two and a half times the idle time in all: Pure-FTPd ends it after two.
        long lasted = System.nanoTime() - began;
        enough = bound.atMost(Duration.ofNanos(lasted * 3 / 2));
      }
      try {
        busy.connection().verify();
      } catch (IOException e) {
        Duration after = Duration.ofNanos(System.nanoTime() - began);
        answers.note(
            Fact.NOOP_KEEPS_ALIVE,
            new Answer.No("ended after " + seconds(after) + " all the same: " + e.getMessage()));
        return;
      }
    }
    Duration after = Duration.ofNanos(System.nanoTime() - began);
    answers.note(
        Fact.NOOP_KEEPS_ALIVE,
        isIdleOver
            ? new Answer.Yes("alive after " + seconds(after))
            : new Answer.Unknown("alive after " + seconds(after) + ", as the idle session was"));
  }

  private static String seconds(Duration time) {
    return (time.toMillis() + 500) / 1000 + " s";
  }
}
