package dev.berth.pool;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.berth.testkit.Await;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that nobody uses go back to whoever else wants them. */
@Timeout(60)
class MaintenanceTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration OFTEN = Duration.ofMillis(10);

  private final SteadyClock clock = SteadyClock.startingNow();
  private final Watchdog watchdog = Watchdog.start();
  private ScriptedServer server;
  private ConnectionPool pool;

  @BeforeEach
  void start() throws Exception {
    server = ScriptedServer.start(CommandTable.normal());
    LimitSettings settings = LimitSettings.standard().withConfigured(2);
    Connector connector =
        new Connector(
            new ConnectSettings(
                "127.0.0.1",
                server.port(),
                TlsUse.OFF,
                Tls.of(Trust.any(), "127.0.0.1"),
                Source.any(),
                Duration.ofSeconds(5)),
            watchdog,
            new RefusalReader());
    Budget<PooledConnection> budget =
        new Budget<>(
            BudgetName.of("127.0.0.1", server.port()),
            settings,
            clock,
            RandomGenerator.getDefault(),
            new LimitLearner(settings).first(clock.instant()));
    pool =
        new ConnectionPool(
            connector,
            new Login("alice", new Secret("wonder")),
            budget,
            WhenUnreachable.TELL,
            new Deaf());
  }

  @AfterEach
  void stop() throws Exception {
    pool.close();
    watchdog.close();
    server.close();
  }

  @Test
  void aConnectionIdleForTooLongIsEndedAndOneAtWorkIsNot() throws Exception {
    Leasing.Leased atWork = lease();
    lease().lease().close();

    try (Maintenance _ =
        Maintenance.of(pool, clock, new Maintenance.Rhythm(OFTEN, Duration.ZERO))) {
      Await.until(SOON, "QUIT", () -> server.heard().contains("QUIT"));
      Await.until(SOON, "one left", () -> pool.budget().open() == 1);
    }

    assertThat(server.conversations().getFirst().heard()).doesNotContain("QUIT");
    atWork.lease().connection().verify();
    atWork.lease().close();
  }

  @Test
  void aConnectionUsedOfLateIsKept() throws Exception {
    lease().lease().close();

    try (Maintenance _ =
        Maintenance.of(pool, clock, new Maintenance.Rhythm(OFTEN, Duration.ofHours(1)))) {
      lease().lease().close();
    }

    assertThat(server.conversations()).hasSize(1);
    assertThat(server.heard()).doesNotContain("QUIT");
  }

  private Leasing.Leased lease() throws Exception {
    return (Leasing.Leased) pool.lease("test", Deadline.after(SOON));
  }

  /** Nobody is told anything. */
  private static final class Deaf implements PoolListener {
    @Override
    public void refused(Refusal refusal) {}

    @Override
    public void learned(LimitLearned news) {}
  }
}
