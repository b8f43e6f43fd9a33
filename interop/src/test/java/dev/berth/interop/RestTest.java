package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.ConnectSettings;
import dev.berth.client.Connector;
import dev.berth.client.FtpConnection;
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
import dev.berth.pool.ConnectionPool;
import dev.berth.pool.Lease;
import dev.berth.pool.Leasing;
import dev.berth.pool.PoolListener;
import dev.berth.pool.PooledConnection;
import dev.berth.pool.WhenUnreachable;
import dev.berth.testkit.Await;
import dev.berth.testkit.Peer;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.Peers;
import dev.berth.testkit.PeersOrSkip;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that rest for longer than the server lets them, in the middle of a job. */
@ExtendWith(PeersOrSkip.class)
@Timeout(120)
final class RestTest {
  private static final Duration TIMER = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration UNUSED = Duration.ofMinutes(1);

  private final SteadyClock clock = SteadyClock.startingNow();

  /** On ProFTPD, where NOOP would not do, by a listing of one line. */
  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD"})
  void whatRestsIsKeptAliveWhileAJobGoesOnAndWhatWasLostCostsNoRefusal(PeerKind kind)
      throws Exception {
    PeerSettings settings =
        PeerSettings.plain()
            .perAddress(2)
            .timeout(PeerSettings.Timeout.IDLE, TIMER.multipliedBy(kind == PeerKind.VSFTPD ? 1 : 2))
            .timeout(PeerSettings.Timeout.DATA, TIMER);
    try (Peer peer = Peers.start(kind, settings);
        Watchdog watchdog = Watchdog.start();
        ConnectionPool pool = pool(peer, watchdog)) {
      Lease first = lease(pool);
      Await.until(SOON, "the server's last word", () -> !first.connection().isReusable());
      first.close();
      assertThat(pool.connector().traits().idleTime()).isLessThan(Duration.ofSeconds(6));

      Lease atWork = lease(pool);
      Lease other = lease(pool);
      FtpConnection resting = other.connection();
      other.close();
      long began = System.nanoTime();
      Await.until(
          SOON,
          "more than twice the timer",
          () -> {
            pool.maintain(clock.instant(), UNUSED);
            return System.nanoTime() - began > TIMER.multipliedBy(3).toNanos();
          });

      Lease again = lease(pool);
      assertThat(again.connection()).isSameAs(resting);
      assertThat(again.connection().list(RemotePath.ROOT).unreadable()).isEmpty();
      assertThatThrownBy(() -> atWork.connection().list(RemotePath.ROOT))
          .isInstanceOf(IOException.class);
      assertThat(atWork.connection().isReusable()).isFalse();
      atWork.close();
      Lease anew = lease(pool);
      assertThat(anew.connection().list(RemotePath.ROOT).unreadable()).isEmpty();
      assertThat(pool.refusals()).isZero();
      again.close();
      anew.close();
    }
  }

  private ConnectionPool pool(Peer peer, Watchdog watchdog) {
    int port = peer.address().getPort();
    ConnectSettings connect =
        new ConnectSettings(
            "127.0.0.1",
            port,
            TlsUse.OFF,
            Tls.of(Trust.any(), "127.0.0.1"),
            Source.any(),
            Duration.ofSeconds(10));
    LimitSettings limits = LimitSettings.standard().withConfigured(2);
    Budget<PooledConnection> budget =
        new Budget<>(
            BudgetName.of("127.0.0.1", port),
            limits,
            clock,
            RandomGenerator.getDefault(),
            new LimitLearner(limits).first(clock.instant()));
    return new ConnectionPool(
        new Connector(connect, watchdog, new RefusalReader()),
        new Login(Server.USER, new Secret(Server.PASSWORD)),
        budget,
        WhenUnreachable.TELL,
        new Deaf());
  }

  private static Lease lease(ConnectionPool pool) throws Exception {
    Leasing leasing = pool.lease("test", Deadline.after(SOON));
    assertThat(leasing).isInstanceOf(Leasing.Leased.class);
    return ((Leasing.Leased) leasing).lease();
  }

  /** Nobody is told anything. */
  private static final class Deaf implements PoolListener {
    @Override
    public void refused(Refusal refusal) {}

    @Override
    public void learned(LimitLearned news) {}
  }
}
