package dev.berth.pool;

import dev.berth.client.ConnectSettings;
import dev.berth.client.Connector;
import dev.berth.client.Login;
import dev.berth.client.ServerTraits;
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
import dev.berth.limits.Pressure;
import dev.berth.limits.Recall;
import dev.berth.limits.Sharing;
import dev.berth.limits.Snapshot;
import dev.berth.transport.Source;
import dev.berth.wire.Octets;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * The pools of many logins to one server, under one budget, with all that they need around them:
 * watchdog, memory, sharing, maintenance. Opened and closed by the program; any thread may call it.
 * What goes wrong here costs no connection, so it is logged.
 */
public final class ServerPools implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ServerPools.class.getName());

  private final Settings settings;
  private final BudgetName name;
  private final Optional<LimitMemory> memory;
  private final SteadyClock clock = SteadyClock.startingNow();
  private final Budget<PooledConnection> budget;
  private final Connector connector;
  private final Closer rest = new Closer();
  private final LongAdder refusals = new LongAdder();

  /**
   * What holds for all logins: as of {@link PoolSettings}.
   *
   * @param server where connections go, and how
   * @param limits how many connections there may be, or how that is found out
   * @param whenUnreachable what to do about a server that never answered
   * @param idle a connection unused for so long is closed; more than zero
   * @param memory where the limits that were learned are kept
   * @param neighbours with which programs of this machine connections are shared
   */
  public record Settings(
      ConnectSettings server,
      LimitSettings limits,
      WhenUnreachable whenUnreachable,
      Duration idle,
      PoolSettings.Memory memory,
      PoolSettings.Neighbours neighbours) {
    public Settings {
      if (idle.isNegative() || idle.isZero()) {
        throw new IllegalArgumentException("an idle time is more than zero: " + idle);
      }
    }
  }

  private ServerPools(Settings settings, ServerTraits traits, Watchdog watchdog) {
    this.settings = settings;
    this.name = name(settings.server());
    this.memory =
        switch (settings.memory()) {
          case PoolSettings.Memory.None none -> Optional.empty();
          case PoolSettings.Memory.Folder folder -> Optional.of(new LimitMemory(folder.path()));
        };
    Recall<LimitState> remembered = remembered();
    LimitSettings limits = settings.limits().covering(remembered);
    LimitState known = known(remembered, new LimitLearner(limits), clock.instant());
    this.budget = new Budget<>(name, limits, clock, new SplittableRandom(), known);
    this.connector = new Connector(settings.server(), watchdog, new RefusalReader(), traits);
    rest.register(watchdog);
    rest.register((Closeable) this::keep);
  }

  /**
   * No pool yet, and no connection.
   *
   * @return to be closed when no lease is out
   * @throws IllegalStateException if it is to share with neighbours, and this program does so
   *     already for the same server
   */
  public static ServerPools open(Settings settings) {
    return open(settings, new ServerTraits());
  }

  /** As above, with what is known of the server's ways. */
  public static ServerPools open(Settings settings, ServerTraits traits) {
    ServerPools pools = new ServerPools(settings, traits, Watchdog.start());
    boolean begun = false;
    try {
      pools.share();
      Maintenance maintenance =
          Maintenance.of(pools.pool(Login.anonymous()), pools.clock, settings.idle());
      pools.rest.register((Closeable) maintenance::close);
      begun = true;
      return pools;
    } finally {
      if (!begun) {
        pools.end();
      }
    }
  }

  /**
   * The connections of one login. It shares its idle ones with all pools of the same user name, so
   * one for a password that nobody has seen to work has to {@link ConnectionPool#prove} it first.
   *
   * @return not to be closed: {@link #close} does
   */
  public ConnectionPool pool(Login login) {
    return new ConnectionPool(
        connector, login, budget, settings.whenUnreachable(), new Learning(), this::end);
  }

  /** Whether as many wait for a connection as may. */
  public boolean isQueueFull() {
    return budget.isQueueFull();
  }

  /**
   * Lends nothing from now on, so that the server can be worked on: leases that are out end as they
   * would, idle connections are closed, and who waits goes on waiting. Some seconds at the most.
   */
  public void pause() {
    ConnectionPool.endAll(budget.steering().pause(), settings.server().server());
  }

  /** Lends again. */
  public void resume() {
    budget.steering().resume();
  }

  /** Since when nothing is lent. */
  public Optional<Instant> pausedSince() {
    return budget.steering().pausedSince();
  }

  /**
   * Lends no connection again that is open now: idle ones are closed, the others when they come
   * back. Some seconds at the most.
   */
  public void reconnect() {
    ConnectionPool.endAll(budget.steering().renew(), settings.server().server());
  }

  /** The budget as it is now. */
  public Snapshot budget() {
    return budget.snapshot();
  }

  /** How many have waited for a connection for so long; none while nothing is lent. */
  public Pressure pressure(Duration atLeast) {
    return budget.pressure(atLeast);
  }

  /** As {@link dev.berth.limits.Steering#reasons}. */
  public Map<Long, String> reasons() {
    return budget.steering().reasons();
  }

  /** The time by which the budget tells of moments. */
  public Instant now() {
    return clock.instant();
  }

  /** How often the server turned a connection away; a wrong password is none of these. */
  public long refusals() {
    return refusals.sum();
  }

  private static BudgetName name(ConnectSettings server) {
    return switch (server.source()) {
      case Source.Unbound any -> BudgetName.of(server.host(), server.port());
      case Source.Address fixed ->
          new BudgetName(server.host(), server.port(), fixed.address().getHostAddress());
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
              Machine.sharingIn(with.path()), budget, with.self(), ServerPools::sharesNoMore);
      rest.register((Closeable) sharing::close);
    } catch (IOException e) {
      sharesNoMore(e.toString());
    }
  }

  private static void sharesNoMore(String why) {
    LOG.log(Level.WARNING, "event=sharing-ended why={0}", why);
  }

  /** The connections are closed. What was begun last ends first. */
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

  /** Ends all idle connections in order; see {@link ConnectionPool#close}. */
  @Override
  public void close() {
    pool(Login.anonymous()).close();
  }

  /** Keeps what is learned at once: a program may not come to an end of its own. */
  private final class Learning implements PoolListener {
    @Override
    public void refused(Refusal refusal) {
      if (refusal instanceof Refusal.LoginFailure) {
        return; // Who showed it is told, and tells.
      }
      refusals.increment();
      LOG.log(
          Level.INFO,
          "event=upstream-turned-us-away server={0} words=\"{1}\"",
          settings.server().server(),
          Octets.printable(refusal.words()).replace('\n', ' ').replace('"', '\''));
    }

    @Override
    public void learned(LimitLearned news) {
      LOG.log(
          Level.INFO,
          "event=limit-learned server={0} limit={1}",
          settings.server().server(),
          news.after());
      if (news.evidence().kind() != Evidence.Kind.GROWN) {
        keep();
      }
    }
  }
}
