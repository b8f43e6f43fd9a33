package dev.berth.transfer;

import dev.berth.client.ConnectSettings;
import dev.berth.client.Connector;
import dev.berth.client.Login;
import dev.berth.client.TlsUse;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.RefusalReader;
import dev.berth.lifetime.SteadyClock;
import dev.berth.lifetime.Watchdog;
import dev.berth.limits.Budget;
import dev.berth.limits.BudgetName;
import dev.berth.limits.LimitLearned;
import dev.berth.limits.LimitLearner;
import dev.berth.limits.LimitSettings;
import dev.berth.pool.ConnectionPool;
import dev.berth.pool.PoolListener;
import dev.berth.pool.PooledConnection;
import dev.berth.pool.WhenUnreachable;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import dev.berth.wire.RemoteLocation;
import dev.berth.wire.RemotePath;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Jobs on a pool of their own, to a scripted server. */
final class JobRun implements AutoCloseable {
  static final RemoteLocation ROOT = new RemoteLocation.FromRoot(RemotePath.ROOT);

  private static final RefusalReader REFUSALS = new RefusalReader();

  private final Watchdog watchdog = Watchdog.start();
  private final Heard heard = new Heard();
  private final ConnectionPool pool;
  private TransferSettings settings = new TransferSettings(4, Duration.ofSeconds(20), false);
  private Journal journal = Journal.inMemory();

  private JobRun(int port, int limit, Duration timeout) {
    SteadyClock clock = SteadyClock.startingNow();
    LimitSettings limits = LimitSettings.standard().withConfigured(limit).withSettle(SETTLE);
    Budget<PooledConnection> budget =
        new Budget<>(
            BudgetName.of("127.0.0.1", port),
            limits,
            clock,
            RandomGenerator.getDefault(),
            new LimitLearner(limits).first(clock.instant()));
    ConnectSettings connect =
        new ConnectSettings(
            "127.0.0.1", port, TlsUse.OFF, Tls.of(Trust.any(), "127.0.0.1"), Source.any(), timeout);
    this.pool =
        new ConnectionPool(
            new Connector(connect, watchdog, REFUSALS),
            Login.anonymous(),
            budget,
            WhenUnreachable.TELL,
            new Deaf());
  }

  private static final Duration SETTLE = Duration.ofMillis(1);

  static JobRun at(int port, int limit) {
    return new JobRun(port, limit, Duration.ofSeconds(20));
  }

  static JobRun impatientAt(int port, int limit) {
    return new JobRun(port, limit, Duration.ofMillis(300));
  }

  static RemoteLocation at(String path) {
    return new RemoteLocation.FromRoot(new RemotePath(path));
  }

  JobRun dry() {
    settings = new TransferSettings(4, Duration.ofSeconds(20), true);
    return this;
  }

  JobRun patience(Duration patience) {
    settings = new TransferSettings(4, patience, false);
    return this;
  }

  JobRun verifying(Verify how) {
    settings = settings.with(how);
    return this;
  }

  JobRun with(TransferSettings.Permissions permissions) {
    settings = settings.with(permissions);
    return this;
  }

  JobRun at(Bandwidth bandwidth) {
    settings = settings.with(bandwidth);
    return this;
  }

  JobRun with(Journal kept) {
    journal = kept;
    return this;
  }

  ConnectionPool pool() {
    return pool;
  }

  Heard heard() {
    return heard;
  }

  Jobs job() {
    return new Jobs(pool, settings, heard, journal);
  }

  @Override
  public void close() {
    pool.close();
    watchdog.close();
  }

  private static final class Deaf implements PoolListener {
    @Override
    public void refused(Refusal refusal) {}

    @Override
    public void learned(LimitLearned news) {}
  }
}
