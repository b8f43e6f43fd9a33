package dev.berth.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.ConnectSettings;
import dev.berth.client.Login;
import dev.berth.client.Secret;
import dev.berth.lifetime.Deadline;
import dev.berth.limits.BudgetName;
import dev.berth.limits.LimitDecision;
import dev.berth.limits.LimitMemory;
import dev.berth.limits.LimitSettings;
import dev.berth.limits.Machine;
import dev.berth.limits.ProcessName;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pools as applications open them: with a memory, beside others, and used wrongly. */
@Timeout(60)
class ServerPoolsTest {
  private static final ProcessName SELF = new ProcessName(4711, "ann", "test");

  @TempDir Path folder;

  private static CommandTable table() {
    return CommandTable.normal().file("/a.txt", "hello");
  }

  private static PoolSettings settings(ScriptedServer server) {
    return PoolSettings.of(
            ConnectSettings.of("127.0.0.1", server.port()),
            new Login("alice", new Secret("wonder")))
        .with(Pools.brisk(new LimitSettings.Seed(8), 8));
  }

  private static Lease lease(ConnectionPool pool) throws Exception {
    return pool.lease("test", Deadline.after(Pools.LONG)).orElseThrow();
  }

  private static int limit(ConnectionPool pool) {
    return pool.budget().state().address().limit();
  }

  @Test
  void whatOnePoolLearnedTheNextKnows() throws Exception {
    CommandTable table = table().refuseAbove(2, "421 Too many connections (2) from this IP\r\n");
    try (ScriptedServer server = ScriptedServer.start(table)) {
      PoolSettings remembering =
          settings(server).with(new PoolSettings.Memory.Folder(folder.resolve("new/state")));
      try (ConnectionPool first = ConnectionPool.open(remembering)) {
        List<Lease> leases = new ArrayList<>(List.of(lease(first), lease(first)));
        assertThat(first.lease("third", Deadline.after(Duration.ofMillis(500))))
            .isInstanceOf(Leasing.TimedOut.class);
        leases.forEach(Lease::close);
        assertThat(first.refusals()).isEqualTo(1);
      }
      try (ConnectionPool second = ConnectionPool.open(remembering)) {
        assertThat(limit(second)).isEqualTo(2);
      }
      try (ConnectionPool forgetful = ConnectionPool.open(settings(server))) {
        assertThat(limit(forgetful)).isEqualTo(8);
      }
    }
  }

  @Test
  void aLimitSetByHandAboveWhatIsUsualIsObeyed() throws Exception {
    Machine machine = Machine.sharingIn(folder.resolve("share"));
    new LimitDecision(new LimitMemory(folder), machine)
        .set(BudgetName.of("::1", 2121), 100, Instant.now());
    PoolSettings remembering =
        PoolSettings.of(
                ConnectSettings.of("0:0:0:0:0:0:0:1", 2121),
                new Login("alice", new Secret("wonder")))
            .with(new PoolSettings.Memory.Folder(folder));
    try (ConnectionPool pool = ConnectionPool.open(remembering)) {
      assertThat(limit(pool)).isEqualTo(100);
    }
  }

  @Test
  void aMemoryThatCannotBeReadOrKeptCostsNoConnection() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    try (ScriptedServer server = ScriptedServer.start(table());
        ConnectionPool pool =
            ConnectionPool.open(settings(server).with(new PoolSettings.Memory.Folder(file)));
        Lease lease = lease(pool)) {
      lease.connection().verify();
    }
  }

  @Test
  void onePoolOfAProgramSharesAServerUntilItIsClosed() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        ScriptedServer other = ScriptedServer.start(table())) {
      var neighbours = new PoolSettings.Neighbours.Folder(folder.resolve("share"), SELF);
      PoolSettings sharing = settings(server).with(neighbours);
      try (ConnectionPool pool = ConnectionPool.open(sharing);
          ConnectionPool elsewhere = ConnectionPool.open(settings(other).with(neighbours))) {
        assertThatThrownBy(() -> ConnectionPool.open(sharing))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("shared by this program already");
        try (Lease lease = lease(pool);
            Lease second = lease(elsewhere)) {
          lease.connection().verify();
          second.connection().verify();
        }
      }
      try (ConnectionPool again = ConnectionPool.open(sharing);
          Lease lease = lease(again)) {
        lease.connection().verify();
      }
    }
  }

  @Test
  void twoPoolsThatShareNothingMeetAsRefusalsAndBothGoOn() throws Exception {
    CommandTable table = table().refuseAbove(1, "421 Too many connections\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        ConnectionPool two = ConnectionPool.open(settings(server))) {
      ConnectionPool one = ConnectionPool.open(settings(server));
      try (Lease lease = lease(one)) {
        lease.connection().verify();
      }
      assertThat(two.lease("test", Deadline.after(Duration.ofMillis(300))))
          .isInstanceOfSatisfying(
              Leasing.TimedOut.class,
              late -> assertThat(late.explanation()).contains("Too many connections"));
      one.close();
      try (Lease lease = lease(two)) {
        lease.connection().verify();
      }
    }
  }

  @Test
  void aPoolThatIsClosedTooEarlyEndsWhatIsLentWhenItIsGivenBack() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table())) {
      ConnectionPool pool = ConnectionPool.open(settings(server));
      Lease lease = lease(pool);

      pool.close();
      pool.close();

      assertThatThrownBy(() -> lease.connection().verify())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
      lease.close();
      assertThat(pool.lease("late", Deadline.after(Pools.LONG)).reason())
          .isEqualTo("the pool was closed");
    }
  }

  @Test
  void anApplicationThreadThatIsInterruptedGetsItsInterrupt() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        ConnectionPool pool = ConnectionPool.open(settings(server))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> lease(pool)).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
      try (Lease lease = lease(pool)) {
        lease.connection().verify();
      }
    }
  }
}
