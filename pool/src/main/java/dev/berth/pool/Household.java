package dev.berth.pool;

import dev.berth.client.Connector;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.RefusalReader;
import dev.berth.lifetime.Closer;
import dev.berth.lifetime.SteadyClock;
import dev.berth.lifetime.Watchdog;
import dev.berth.limits.Budget;
import dev.berth.limits.BudgetName;
import dev.berth.limits.Evidence;
import dev.berth.limits.LimitLearned;
import dev.berth.limits.LimitLearner;
import dev.berth.limits.LimitMemory;
import dev.berth.limits.LimitSettings;
import dev.berth.limits.LimitState;
import dev.berth.limits.Machine;
import dev.berth.limits.Recall;
import dev.berth.limits.Sharing;
import dev.berth.transport.Source;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * All that a pool needs around it, for an application that wires none of it itself: watchdog,
 * budget, memory, sharing, maintenance. Made with its pool and ended by it. What goes wrong here
 * costs no connection, so it is logged.
 */
final class Household {
  private static final Logger LOG = System.getLogger(Household.class.getName());

  private final PoolSettings settings;
  private final Watchdog watchdog;
  private final BudgetName name;
  private final Optional<LimitMemory> memory;
  private final SteadyClock clock = SteadyClock.startingNow();
  private final Budget<PooledConnection> budget;
  private final ConnectionPool pool;
  private final Closer rest = new Closer();

  private Household(PoolSettings settings, Watchdog watchdog) {
    this.settings = settings;
    this.watchdog = watchdog;
    this.name = name(settings);
    this.memory =
        switch (settings.memory()) {
          case PoolSettings.Memory.None none -> Optional.empty();
          case PoolSettings.Memory.Folder folder -> Optional.of(new LimitMemory(folder.path()));
        };
    Recall<LimitState> remembered = remembered();
    LimitSettings limits = settings.limits().covering(remembered);
    LimitState known = known(remembered, new LimitLearner(limits), clock.instant());
    this.budget = new Budget<>(name, limits, clock, new SplittableRandom(), known);
    Connector connector = new Connector(settings.server(), watchdog, new RefusalReader());
    this.pool =
        new ConnectionPool(
            connector,
            settings.login(),
            budget,
            settings.whenUnreachable(),
            new Learning(),
            this::end);
  }

  static ConnectionPool furnish(PoolSettings settings) {
    Household household = new Household(settings, Watchdog.start());
    boolean begun = false;
    try {
      household.begin();
      begun = true;
      return household.pool;
    } finally {
      if (!begun) {
        household.end();
      }
    }
  }

  /** What is begun last ends first. */
  private void begin() {
    rest.register(watchdog);
    rest.register((Closeable) this::keep);
    share();
    Maintenance maintenance = Maintenance.of(pool, clock, settings.idle());
    rest.register((Closeable) maintenance::close);
  }

  private static BudgetName name(PoolSettings settings) {
    String host = settings.server().host();
    int port = settings.server().port();
    return switch (settings.server().source()) {
      case Source.Unbound any -> BudgetName.of(host, port);
      case Source.Address fixed -> new BudgetName(host, port, fixed.address().getHostAddress());
    };
  }

  private Recall<LimitState> remembered() {
    return memory.isPresent() ? memory.get().recall(name) : new Recall.Nothing<>();
  }

  private static LimitState known(
      Recall<LimitState> remembered, LimitLearner learner, Instant now) {
    return switch (remembered) {
      case Recall.Known<LimitState> known -> learner.resume(known.value(), now);
      case Recall.Nothing<LimitState> nothing -> learner.first(now);
      case Recall.Unreadable<LimitState> damaged -> {
        LOG.log(Level.WARNING, "event=memory-unreadable why={0}", damaged.why());
        yield learner.first(now);
      }
    };
  }

  private void share() {
    if (!(settings.neighbours() instanceof PoolSettings.Neighbours.Folder with)) {
      return;
    }
    try {
      Sharing sharing =
          Sharing.start(
              Machine.sharingIn(with.path()), budget, with.self(), Household::sharesNoMore);
      rest.register((Closeable) sharing::close);
    } catch (IOException e) {
      sharesNoMore(e.toString());
    }
  }

  private static void sharesNoMore(String why) {
    LOG.log(Level.WARNING, "event=sharing-ended why={0}", why);
  }

  /** The pool has closed its connections. */
  private void end() {
    try {
      rest.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "event=close-failed server=" + settings.server().server(), e);
    }
  }

  /** An interrupted thread could write no file. */
  private void keep() {
    boolean interrupted = Thread.interrupted();
    try {
      if (memory.isPresent()) {
        memory.get().keep(name, budget.snapshot().state(), clock.instant());
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "event=memory-not-kept server=" + settings.server().server(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Keeps what is learned at once: a program may not come to an end of its own. */
  private final class Learning implements PoolListener {
    @Override
    public void refused(Refusal refusal) {
      LOG.log(Level.INFO, "event=refused words={0}", refusal.words());
    }

    @Override
    public void learned(LimitLearned news) {
      LOG.log(Level.INFO, "event=limit-learned limit={0}", news.after());
      if (news.evidence().kind() != Evidence.Kind.GROWN) {
        keep();
      }
    }
  }
}
