package dev.berth.pool;

import dev.berth.client.Login;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.RefusalReader;
import dev.berth.lifetime.Deadline;
import dev.berth.limits.Account;
import dev.berth.limits.Ceiling;
import dev.berth.limits.Evidence;
import dev.berth.limits.LimitState;
import dev.berth.limits.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Opens connections one by one, ever more slowly, until the server turns one away or enough work.
 * One refusal is all that it provokes. It asks the same budget as everybody: places of other
 * programs count, and it ends as soon as one of them waits. Confined to one thread.
 */
final class LimitSearch {
  /** What the budget does not give in that time others hold, or a pause forbids. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final ConnectionPool pool;
  private final Account account;
  private final RefusalReader refusals = new RefusalReader();
  private final Deque<Lease> held = new ArrayDeque<>();

  LimitSearch(ConnectionPool pool, Login login) {
    this.pool = pool;
    this.account = new Account(login.user());
  }

  /**
   * Searches. All connections that it opened are given back when it returns.
   *
   * @param first a connection that works; it stays the caller's
   */
  LimitFinding run(Lease first, ProbeSettings settings, Consumer<String> progress)
      throws IOException, InterruptedException {
    try {
      LimitFinding.End end = search(first, settings, progress);
      return finding(1 + held.size(), end);
    } finally {
      while (!held.isEmpty()) {
        held.pop().close();
      }
    }
  }

  private LimitFinding.End search(Lease first, ProbeSettings settings, Consumer<String> progress)
      throws IOException, InterruptedException {
    Duration pause = settings.pace();
    while (1 + held.size() < settings.connections()) {
      if (isSet() && pool.budget().open() >= state().address().limit()) {
        return new LimitFinding.End.SetByUser();
      }
      progress.accept(
          "limit, " + (1 + held.size()) + " at once; one more in " + pause.toMillis() + " ms");
      TimeUnit.MILLISECONDS.sleep(pause.toMillis()); // A pace: there is nothing to wait for.
      if (first.isWantedElsewhere()) {
        return new LimitFinding.End.GaveWay();
      }
      Deadline wait = Deadline.after(settings.patience()).atMost(LONGEST_WAIT);
      switch (pool.attempt("probe of the limit", wait)) {
        case Attempt.Opened opened -> held.push(opened.lease());
        case Attempt.TurnedAway away -> {
          return new LimitFinding.End.TurnedAway(away.refusal(), away.phase(), counted(away));
        }
        case Attempt.Unreachable none -> {
          return new LimitFinding.End.Unreachable(none.reason());
        }
        case Attempt.NoRoom none -> {
          return new LimitFinding.End.NoRoom(none.explanation());
        }
      }
      pause = pause.plus(settings.pace().dividedBy(2));
    }
    return new LimitFinding.End.Enough();
  }

  private LimitFinding.Counted counted(Attempt.TurnedAway away) {
    if (!(away.refusal() instanceof Refusal.Limit limit) || !refusals.namesWhom(limit.words())) {
      return LimitFinding.Counted.NOT_SAID;
    }
    return switch (limit.scope()) {
      case ADDRESS -> LimitFinding.Counted.ADDRESS;
      case ACCOUNT -> LimitFinding.Counted.ACCOUNT;
      case SERVER -> LimitFinding.Counted.SERVER;
    };
  }

  private boolean isSet() {
    return state().address().evidence().kind() == Evidence.Kind.CONFIGURED;
  }

  private LimitState state() {
    return pool.budget().state();
  }

  LimitFinding finding(int worked, LimitFinding.End end) {
    Snapshot now = pool.budget();
    Ceiling ofAddress = now.state().address();
    boolean ofAccount =
        end instanceof LimitFinding.End.TurnedAway away
            && away.refusal() instanceof Refusal.Limit limit
            && limit.scope() == Refusal.Scope.ACCOUNT;
    Ceiling ceiling =
        ofAccount ? now.state().accounts().getOrDefault(account, ofAddress) : ofAddress;
    return new LimitFinding(worked, now.elsewhere().size(), ceiling, end);
  }
}
