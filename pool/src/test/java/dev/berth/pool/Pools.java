package dev.berth.pool;

import dev.berth.client.ConnectSettings;
import dev.berth.client.Connector;
import dev.berth.client.Login;
import dev.berth.client.Secret;
import dev.berth.client.TlsUse;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.RefusalReader;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.SteadyClock;
import dev.berth.lifetime.Watchdog;
import dev.berth.limits.Budget;
import dev.berth.limits.BudgetName;
import dev.berth.limits.LimitLearned;
import dev.berth.limits.LimitLearner;
import dev.berth.limits.LimitSettings;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** A pool to a scripted server, and what its listener heard. */
final class Pools implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(20);

  private static final RefusalReader REFUSALS = new RefusalReader();

  private final Watchdog watchdog = Watchdog.start();
  private final List<Refusal> refused = new CopyOnWriteArrayList<>();
  private final ConnectionPool pool;

  private Pools(int port, LimitSettings settings, WhenUnreachable whenUnreachable) {
    SteadyClock clock = SteadyClock.startingNow();
    Budget<PooledConnection> budget =
        new Budget<>(
            BudgetName.of("127.0.0.1", port),
            settings,
            clock,
            RandomGenerator.getDefault(),
            new LimitLearner(settings).first(clock.instant()));
    ConnectSettings connect =
        new ConnectSettings(
            "127.0.0.1",
            port,
            TlsUse.OFF,
            Tls.of(Trust.any(), "127.0.0.1"),
            Source.any(),
            Duration.ofSeconds(5));
    Login login = new Login("alice", new Secret("wonder"));
    this.pool =
        new ConnectionPool(
            new Connector(connect, watchdog, REFUSALS),
            login,
            budget,
            whenUnreachable,
            new Listener());
  }

  /** Pauses of a few milliseconds where the product takes seconds. */
  static LimitSettings brisk(LimitSettings.Start start, int most) {
    return new LimitSettings(
        start,
        most,
        Duration.ofMillis(20),
        Duration.ofMinutes(10),
        Duration.ofMinutes(30),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofMinutes(10),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofMillis(200),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        10_000,
        0);
  }

  /** A pool that has to find the limit out. */
  static Pools learning(int port) {
    return new Pools(port, brisk(new LimitSettings.Seed(2), 64), WhenUnreachable.TELL);
  }

  /** A pool that was told the limit. */
  static Pools limited(int port, int connections) {
    LimitSettings settings = brisk(new LimitSettings.Configured(connections), connections);
    return new Pools(port, settings, WhenUnreachable.TELL);
  }

  static Pools stubborn(int port) {
    return new Pools(port, brisk(new LimitSettings.Configured(1), 1), WhenUnreachable.KEEP_TRYING);
  }

  ConnectionPool pool() {
    return pool;
  }

  List<Refusal> refused() {
    return refused;
  }

  Leasing ask(Duration patience) throws IOException, InterruptedException {
    return pool.lease("test", Deadline.after(patience));
  }

  /** A lease that must come about. */
  Lease lease() throws IOException, InterruptedException {
    Leasing leasing = ask(LONG);
    if (leasing instanceof Leasing.Leased leased) {
      return leased.lease();
    }
    throw new AssertionError("no lease: " + leasing);
  }

  @Override
  public void close() {
    pool.close();
    watchdog.close();
  }

  private final class Listener implements PoolListener {
    @Override
    public void refused(Refusal refusal) {
      refused.add(refusal);
    }

    @Override
    public void learned(LimitLearned news) {}
  }
}
