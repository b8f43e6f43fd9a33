package dev.berth.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.testkit.Await;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Script;
import dev.berth.testkit.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases, with servers that refuse, close and vanish. */
@Timeout(60)
class ConnectionPoolTest {
  private static CommandTable table() {
    return CommandTable.normal().file("/a.txt", "hello");
  }

  private static long passwords(ScriptedServer server) {
    return server.heard().stream().filter(it -> it.startsWith("PASS")).count();
  }

  @Test
  void aConnectionIsUsedAgain() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        Pools pools = Pools.limited(server.port(), 2)) {
      for (int n = 0; n < 5; n++) {
        try (Lease lease = pools.lease()) {
          lease.connection().verify();
        }
      }
      assertThat(server.conversations()).hasSize(1);
    }
  }

  @Test
  void aLeaseThatWasGivenBackIsOfNoMoreUse() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        Pools pools = Pools.limited(server.port(), 2)) {
      Lease lease = pools.lease();
      lease.close();
      lease.close();

      assertThatThrownBy(lease::connection).isInstanceOf(IllegalStateException.class);
      assertThat(pools.pool().isAnyAtWork()).isFalse();
    }
  }

  @Test
  void neverMoreThanTheLimitAreOpenHoweverManyAsk() throws Exception {
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ScriptedServer server = ScriptedServer.start(table());
        Pools pools = Pools.limited(server.port(), 3)) {
      together(
          20,
          () -> {
            for (int n = 0; n < 5; n++) {
              try (Lease lease = pools.lease()) {
                most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                lease.connection().verify();
                atWork.decrementAndGet();
              }
            }
          });
      assertThat(most.get()).isBetween(1, 3);
      assertThat(server.mostAtOnce()).isLessThanOrEqualTo(3);
      assertThat(pools.pool().refusals()).isZero();
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void together(int threads, Work work) throws Exception {
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    List<Future<?>> all = new ArrayList<>();
    for (int n = 0; n < threads; n++) {
      all.add(
          executor.submit(() -> {
            work.run();
            return null;
          }));
    }
    for (Future<?> one : all) {
      one.get(40, TimeUnit.SECONDS);
    }
    executor.shutdown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"421 Too many connections (2) from this IP\r\n", "421 Too many\r\n", ""})
  void aServerThatRefusesTheThirdServesEverybodyWithTwo(String words) throws Exception {
    CommandTable table = table().refuseAbove(2, words);
    try (ScriptedServer server = ScriptedServer.start(table);
        Pools pools = Pools.learning(server.port())) {
      together(
          8,
          () -> {
            for (int n = 0; n < 3; n++) {
              try (Lease lease = pools.lease()) {
                lease.connection().verify();
              }
            }
          });
      assertThat(pools.pool().refusals()).isLessThanOrEqualTo(3);
      assertThat(pools.refused()).hasSize(pools.pool().refusals());
    }
  }

  @Test
  void aConnectionThatDiedWhileIdleIsReplacedInSilence() throws Exception {
    Script dying =
        it -> {
          it.say("220 hi\r\n").expect("USER alice").say("230 in\r\n").expect("FEAT");
          it.say("211 none\r\n").expect("TYPE I").say("200 ok\r\n").expect("PWD");
          it.say("257 \"/\"\r\n421 idle for too long\r\n").close();
        };
    try (ScriptedServer server = ScriptedServer.start(List.of(dying, table()));
        Pools pools = Pools.limited(server.port(), 1)) {
      Lease first = pools.lease();
      Await.until(Pools.LONG, "the 421", () -> !first.connection().isReusable());
      first.close();

      try (Lease second = pools.lease()) {
        second.connection().verify();
      }
      assertThat(server.conversations()).hasSize(2);
      assertThat(pools.refused()).isEmpty();
    }
  }

  @Test
  void aRefusalInTheMiddleOfASessionTeachesTheLimit() throws Exception {
    CommandTable table =
        table()
            .answer(
                "NOOP",
                (it, argument) ->
                    it.say(it.number() == 1 ? "200 ok\r\n" : "421 Too many connections (1)\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Pools pools = Pools.learning(server.port());
        Lease first = pools.lease()) {
      try (Lease second = pools.lease()) {
        assertThatThrownBy(() -> second.connection().verify()).hasMessageContaining("421");
      }
      first.connection().verify();

      assertThat(pools.pool().budget().state().address().limit()).isEqualTo(1);
      assertThat(pools.refused()).hasSize(1).first().isInstanceOf(Refusal.Limit.class);
      assertThat(pools.pool().refusals()).isEqualTo(1);
      assertThat(pools.ask(Duration.ofMillis(500))).isInstanceOf(Leasing.TimedOut.class);
      assertThat(server.conversations()).hasSize(2);
    }
  }

  @Test
  void anIdleTimeOutInASessionIsNoNewsOfALimit() throws Exception {
    CommandTable table = table().reply("NOOP", "421 Idle for too long, closing\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Pools pools = Pools.learning(server.port())) {
      try (Lease lease = pools.lease()) {
        assertThatThrownBy(() -> lease.connection().verify()).hasMessageContaining("421");
      }
      pools.lease().close();

      assertThat(pools.refused()).isEmpty();
      assertThat(server.conversations()).hasSize(2);
    }
  }

  @Test
  void aLaterConnectionThatSpeaksNoFtpCostsNothingButItself() throws Exception {
    Script page = it -> it.say("<html>Too busy</html>\r\n").close();
    try (ScriptedServer server = ScriptedServer.start(List.of(table(), page));
        Pools pools = Pools.learning(server.port())) {
      try (Lease first = pools.lease()) {
        assertThat(pools.ask(Duration.ofMillis(500))).isInstanceOf(Leasing.TimedOut.class);
        first.connection().verify();
      }
      assertThat(pools.refused())
          .isNotEmpty()
          .allMatch(refusal -> refusal.words().contains("<html>Too busy</html>"));
      assertThat(pools.pool().budget().state().address().limit()).isEqualTo(2);
      assertThat(server.conversations()).as("paced").hasSizeLessThan(10);
      try (Lease again = pools.lease()) {
        again.connection().verify();
      }
    }
  }

  @Test
  void aFirstConnectionThatSpeaksNoFtpEndsTheWait() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(it -> it.say("<html>hi</html>\r\n"));
        Pools pools = Pools.learning(server.port())) {
      assertThatThrownBy(() -> pools.ask(Pools.LONG))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("<html>hi</html>");
      assertThat(server.conversations()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"530 Login incorrect.\r\n", ""})
  void aWrongPasswordIsSentOnceHoweverManyWantAConnection(String words) throws Exception {
    CommandTable table = table().answer("PASS", (it, argument) -> it.say(words).close());
    ScriptedServer server = ScriptedServer.start(table);
    try (Pools pools = Pools.learning(server.port())) {
      together(50, () -> assertThat(pools.ask(Pools.LONG)).isInstanceOf(Leasing.Refused.class));
      assertThat(passwords(server)).isEqualTo(1);
      assertThat(pools.ask(Pools.LONG))
          .isInstanceOfSatisfying(
              Leasing.Refused.class, it -> assertThat(it.phase()).isEqualTo(Phase.PASS));
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void aLimitToldAtThePasswordIsTriedAgain() throws Exception {
    AtomicInteger count = new AtomicInteger();
    CommandTable table =
        table()
            .answer(
                "PASS",
                (it, argument) ->
                    it.say(
                        count.incrementAndGet() <= 2
                            ? "530 Sorry, the maximum number of clients (2) for this user are"
                                + " already connected.\r\n"
                            : "230 in\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Pools pools = Pools.learning(server.port())) {
      try (Lease lease = pools.lease()) {
        lease.connection().verify();
      }
      assertThat(pools.refused()).hasSize(2).allMatch(Refusal.Limit.class::isInstance);
    }
  }

  @Test
  void credentialsThatOpenedAConnectionAreUsedOnWhenTheNextIsRefusedInUnclearWords()
      throws Exception {
    AtomicInteger count = new AtomicInteger();
    CommandTable table =
        table()
            .answer(
                "PASS",
                (it, argument) ->
                    it.say(count.incrementAndGet() == 1 ? "230 in\r\n" : "530 Go away\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Pools pools = Pools.learning(server.port())) {
      together(
          6,
          () -> {
            for (int n = 0; n < 4; n++) {
              try (Lease lease = pools.lease()) {
                lease.connection().verify();
              }
            }
          });
      assertThat(passwords(server)).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void credentialsInDoubtEndWithTheLastConnectionThatTheyOpened() throws Exception {
    AtomicInteger count = new AtomicInteger();
    CommandTable table =
        table()
            .answer(
                "PASS",
                (it, argument) ->
                    it.say(count.incrementAndGet() == 1 ? "230 in\r\n" : "530 Go away\r\n"));
    ScriptedServer server = ScriptedServer.start(table);
    try (Pools pools = Pools.learning(server.port())) {
      try (Lease first = pools.lease()) {
        assertThat(pools.ask(Duration.ofMillis(500))).isInstanceOf(Leasing.TimedOut.class);
        first.connection().abort();
      }
      assertThat(pools.ask(Pools.LONG)).isInstanceOf(Leasing.Refused.class);
      assertThat(passwords(server)).isEqualTo(2);
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void aWaitThatIsTooLongIsExplained() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        Pools pools = Pools.limited(server.port(), 1);
        Lease first = pools.lease()) {
      assertThat(first.connection().isReusable()).isTrue();

      Leasing late = pools.ask(Duration.ofMillis(50));

      assertThat(late)
          .isInstanceOfSatisfying(
              Leasing.TimedOut.class,
              it ->
                  assertThat(it.explanation())
                      .contains("1 connection", "held by alice (test), at work"));
    }
  }

  @Test
  void aFullServerTimesOutWithItsOwnWords() throws Exception {
    CommandTable table = table().refuseAbove(0, "421 Too many connections, come back later\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Pools pools = Pools.learning(server.port())) {
      assertThat(pools.ask(Duration.ofMillis(300)))
          .isInstanceOfSatisfying(
              Leasing.TimedOut.class,
              it -> assertThat(it.explanation()).contains("come back later"));
      assertThat(server.heard()).noneMatch(it -> it.startsWith("PASS"));
    }
  }

  @Test
  void anInterruptEndsTheWaitAndCostsNobodyAConnection() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        Pools pools = Pools.limited(server.port(), 1)) {
      ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
      try (Lease first = pools.lease()) {
        Future<Leasing> waiting = executor.submit(() -> pools.ask(Pools.LONG));
        Await.until(Pools.LONG, "a waiter", () -> !pools.pool().budget().waiting().isEmpty());

        executor.shutdownNow();

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(InterruptedException.class);
        first.connection().verify();
      }
      try (Lease again = pools.lease()) {
        again.connection().verify();
      }
      assertThat(server.conversations()).hasSize(1);
    }
  }

  @Test
  void anInterruptWhileConnectingIsAnInterrupt() throws Exception {
    ScriptedServer server = ScriptedServer.start(it -> it.stall());
    try (Pools pools = Pools.limited(server.port(), 1)) {
      ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
      Future<Leasing> opening = executor.submit(() -> pools.ask(Pools.LONG));
      Await.until(Pools.LONG, "a connection", () -> !server.conversations().isEmpty());

      executor.shutdownNow();

      assertThatThrownBy(() -> opening.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(pools.refused()).isEmpty();
    }
    server.close();
  }

  @Test
  void nobodyListeningIsToldAtOnceOrTriedUntilTheDeadline() throws Exception {
    int port = freePort();
    try (Pools pools = Pools.learning(port)) {
      assertThat(pools.ask(Pools.LONG)).isInstanceOf(Leasing.Unreachable.class);
    }
    try (Pools pools = Pools.stubborn(port)) {
      assertThat(pools.ask(Duration.ofMillis(200))).isInstanceOf(Leasing.TimedOut.class);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return taken.getLocalPort();
    }
  }

  @Test
  void closingEndsEveryConnectionWithQuit() throws Exception {
    ScriptedServer server = ScriptedServer.start(table());
    Pools pools = Pools.limited(server.port(), 3);
    List<Lease> leases = List.of(pools.lease(), pools.lease(), pools.lease());
    leases.forEach(Lease::close);

    pools.close();

    assertThat(server.conversations()).hasSize(3);
    assertThat(server.conversations()).allMatch(it -> it.heard().getLast().equals("QUIT"));
    assertThat(pools.ask(Pools.LONG)).isInstanceOf(Leasing.Closed.class);
    server.close();
  }

  @Test
  void closingWaitsForNoServerThatIsGone() throws Exception {
    CommandTable table = table().answer("QUIT", (it, argument) -> it.stall());
    ScriptedServer server = ScriptedServer.start(table);
    Pools pools = Pools.limited(server.port(), 8);
    List<Lease> leases = new ArrayList<>();
    for (int n = 0; n < 8; n++) {
      leases.add(pools.lease());
    }
    leases.forEach(Lease::close);
    long start = System.nanoTime();
    Thread.currentThread().interrupt();

    pools.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    assertThat(server.heard()).filteredOn("QUIT"::equals).hasSize(8);
    server.allowFailures();
    server.close();
  }

  @Test
  void whoeverWaitsIsToldThatThePoolIsClosed() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table())) {
      Pools pools = Pools.limited(server.port(), 1);
      Lease first = pools.lease();
      ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
      Future<Leasing> waiting = executor.submit(() -> pools.ask(Pools.LONG));
      Await.until(Pools.LONG, "a waiter", () -> !pools.pool().budget().waiting().isEmpty());

      pools.pool().close();

      assertThat(waiting.get(10, TimeUnit.SECONDS)).isInstanceOf(Leasing.Closed.class);
      first.close();
      assertThat(server.heard()).endsWith("QUIT");
      pools.close();
    }
  }
}
