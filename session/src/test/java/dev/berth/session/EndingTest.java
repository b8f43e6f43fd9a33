package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Policy;
import dev.berth.admission.Rules;
import dev.berth.lifetime.Deadline;
import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways in which a session ends, each with its own words, here and in the log. */
final class EndingTest {
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration NEVER = Timers.NEVER;

  private LogHeard log;
  private ServerUnderTest server;

  @BeforeEach
  void start() throws IOException {
    log = new LogHeard();
    server = ServerUnderTest.start();
    server.backend.zeros.put("/long", 1L << 40);
  }

  @AfterEach
  void close() throws IOException {
    log.close();
    server.close();
  }

  private void restart(ServerUnderTest.Setup setup) throws IOException {
    server.close();
    server = setup.start();
    server.backend.zeros.put("/long", 1L << 40);
  }

  private void restart(
      Duration login, Duration idle, Duration noTransfer, Duration stalled, Duration session)
      throws IOException {
    restart(
        ServerUnderTest.setup()
            .timers(new Timers(login, idle, noTransfer, stalled, session, Duration.ofSeconds(10))));
  }

  private void endsWith(RawClient client, String words, String reason) throws IOException {
    assertThat(client.hear()).startsWith("421 ").contains(words);
    assertThat(client.isEnded()).isTrue();
    server.awaitNobody();
    assertThat(log.events("ended"))
        .singleElement()
        .asString()
        .contains("address=127.0.0.1", "reason=" + reason);
  }

  @Test
  void whoDoesNotLogIn() throws IOException {
    restart(SOON, NEVER, NEVER, NEVER, NEVER);
    try (RawClient client = server.client()) {
      client.say("USER alice\r\n").expect("331");
      endsWith(client, "Nobody logged in", "login-timeout");
    }
  }

  @Test
  void whoDribblesACommandDoesNotGainTime() throws IOException {
    restart(Duration.ofSeconds(1), NEVER, NEVER, NEVER, NEVER);
    try (RawClient client = server.client()) {
      CompletableFuture<Void> dribbler =
          CompletableFuture.runAsync(() ->
              Await.until(
                  Duration.ofSeconds(10),
                  "the server ends",
                  () -> {
                    client.say("x");
                    return server.admission.attendance().present().isEmpty();
                  }));
      assertThat(client.hear()).startsWith("421 ");
      dribbler.cancel(true);
    }
    server.awaitNobody();
  }

  @Test
  void whoIsIdle() throws IOException {
    restart(NEVER, SOON, NEVER, NEVER, NEVER);
    try (RawClient client = server.alice()) {
      endsWith(client, "Idle for 0 s", "idle");
    }
  }

  @Test
  void whoTransfersNothing() throws IOException {
    restart(NEVER, NEVER, SOON, NEVER, NEVER);
    try (RawClient client = server.alice()) {
      endsWith(client, "No transfer for", "no-transfer");
    }
  }

  @Test
  void whoIsThereForTooLong() throws IOException {
    restart(NEVER, NEVER, NEVER, NEVER, SOON);
    try (RawClient client = server.alice()) {
      endsWith(client, "as long as one may be", "session-timeout");
    }
  }

  @Test
  void whoErrsWithoutEnd() throws IOException {
    try (RawClient client = server.alice()) {
      for (int i = 0; i < 50; i++) {
        client.say("XYZZY\r\n").expect("500");
      }
      endsWith(client, "50 errors in a row", "too-many-errors");
    }
  }

  @Test
  void whoSpeaksHttp() throws IOException {
    try (RawClient client = server.client()) {
      client.say("POST / HTTP/1.1\r\nUSER alice\r\nPASS secret\r\nDELE x\r\n\r\n");
      endsWith(client, "FTP server", "not-ftp");
    }
  }

  @Test
  void timersOfTheSessionDoNotEndATransfer() throws IOException {
    restart(SOON, SOON, SOON, NEVER, SOON);
    byte[] content = MemoryBackend.content(200_000);
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("STOR slow\r\n").expect("150");
      long start = System.nanoTime();
      for (int at = 0; at < content.length; at += 1000) {
        data.getOutputStream().write(content, at, 1000);
        long next = start + (at / 1000 + 1) * 5_000_000L;
        Await.until(Duration.ofSeconds(5), "5 ms", () -> System.nanoTime() - next >= 0);
      }
      data.shutdownOutput();
      client.expect("226");
      client.expect("421");
    }
    assertThat(server.backend.files.get("/slow")).isEqualTo(content);
  }

  @Test
  void aTransferThatStallsEndsAndTheSessionGoesOn() throws IOException {
    restart(NEVER, NEVER, NEVER, SOON, NEVER);
    try (RawClient client = server.alice()) {
      try (Socket data = client.passive()) {
        client.say("STOR x\r\n").expect("150");
        data.getOutputStream().write(new byte[5000]);
        assertThat(client.hear()).startsWith("426 Stalled");
      }
      try (Socket data = client.passive()) {
        client.say("RETR long\r\n").expect("150");
        assertThat(client.hear()).startsWith("426 Stalled");
        RawClient.awaitEnd(data);
      }
      assertThat(client.ask("SIZE x")).startsWith("550 ");
    }
    assertThat(log.events("transfer"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("outcome=stalled"));
  }

  @Test
  void aDataConnectionThatDoesNotComeIsToldAndTheSessionGoesOn() throws IOException {
    restart(ServerUnderTest.setup().timers(new Timers(NEVER, NEVER, NEVER, NEVER, NEVER, SOON)));
    try (RawClient client = server.alice()) {
      client.say("EPSV\r\n").expect("229");
      assertThat(client.ask("RETR long")).startsWith("425 ");
      assertThat(client.ask("NOOP")).startsWith("200 ");
    }
  }

  @Test
  void aDrainEndsTheIdleAtOnceAndTransfersWhenTheyAreDone() throws Exception {
    byte[] content = MemoryBackend.content(10_000_000);
    server.backend.files.put("/large", content);
    try (RawClient idle = server.alice();
        RawClient down = server.alice();
        Socket downData = down.passive();
        RawClient up = server.alice();
        Socket upData = up.passive()) {
      down.say("RETR large\r\n").expect("150");
      up.say("STOR up\r\n").expect("150");
      CompletableFuture<Boolean> drained = draining();
      assertThat(idle.hear()).isEqualTo("421 Closing: it moves.");
      assertThat(idle.isEnded()).isTrue();
      assertThat(drained).isNotDone();

      assertThat(downData.getInputStream().readAllBytes()).isEqualTo(content);
      down.expect("226");
      down.expect("421 Closing: it moves.");
      upData.getOutputStream().write(content);
      upData.shutdownOutput();
      up.expect("226");
      up.expect("421 Closing: it moves.");
      assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(server.backend.files.get("/up")).isEqualTo(content);
    }
    server.awaitNobody();
    assertThat(log.events("ended")).allSatisfy(line -> assertThat(line).contains("reason=drained"));
  }

  @Test
  void anUploadWhoseClientIsKilledInADrainIsNotKept() throws Exception {
    try (RawClient up = server.alice();
        Socket data = up.passive();
        RawClient idle = server.client()) {
      up.say("STOR cut\r\n").expect("150");
      data.getOutputStream().write(new byte[100_000]);
      CompletableFuture<Boolean> drained = draining();
      idle.expect("421"); // It came later, and is told later.

      up.socket().shutdownOutput();
      assertThat(up.socket().getInputStream().readAllBytes()).as("nobody is there").isEmpty();
      data.shutdownOutput();

      assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(server.backend.files).doesNotContainKey("/cut");
    }
    assertThat(log.events("transfer")).singleElement().asString().contains("outcome=client-gone");
  }

  /** As the system ends what a process had open that is killed: nearly at once. */
  @Test
  void allThatAClientHadMayEndAtOnceInADrain() throws Exception {
    for (int round = 0; round < 10; round++) {
      try (RawClient up = server.alice();
          Socket data = up.passive();
          RawClient idle = server.client()) {
        up.say("STOR cut\r\n").expect("150");
        data.getOutputStream().write(new byte[100_000]);
        CompletableFuture<Boolean> drained = draining();
        idle.expect("421");

        RawClient.hangUp(up.socket());
        RawClient.hangUp(data);

        assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.backend.files).as("round " + round).doesNotContainKey("/cut");
      }
      restart(ServerUnderTest.setup());
    }
  }

  @Test
  void inADrainATransferCanStillBeAskedForAndAborted() throws Exception {
    try (RawClient down = server.alice();
        Socket data = down.passive();
        RawClient idle = server.client()) {
      down.say("RETR long\r\n").expect("150");
      CompletableFuture<Boolean> drained = draining();
      idle.expect("421");
      Thread reader = Thread.ofVirtual().start(() -> drop(data));

      down.say("STAT\r\n").expect("211");
      down.say("ABOR\r\n").expect("426");

      down.expect("421 Closing: it moves.");
      assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
      assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void drop(Socket data) {
    try {
      data.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return; // It was aborted.
    }
  }

  private CompletableFuture<Boolean> draining() {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return server.front.drain("it moves", Deadline.after(Duration.ofSeconds(20)));
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    });
  }

  @Test
  void aDrainTellsByItsDeadlineThatSomeAreLeft() throws Exception {
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR long\r\n").expect("150");
      assertThat(server.front.drain("it moves", Deadline.after(SOON))).isFalse();
      RawClient.requireRunning(data);
      server.front.close();
      RawClient.awaitEnd(data);
    }
    server.awaitNobody();
  }

  @Test
  void theSessionIdleForLongestGivesWayToAnotherOfItsAccount() throws IOException {
    Limit two = new Limit(2, new Policy.ReplaceIdle(Duration.ZERO, 1));
    restart(
        ServerUnderTest.setup()
            .rules(Rules.standard().withConnections(Map.of(LimitScope.PREFIX, two))));
    try (RawClient first = server.alice();
        RawClient second = server.alice();
        RawClient third = server.alice()) {
      assertThat(first.hear()).startsWith("421 Closed to make room");
      assertThat(first.isEnded()).isTrue();
      assertThat(second.ask("NOOP")).startsWith("200 ");
      assertThat(third.ask("NOOP")).startsWith("200 ");

      // Another account has nobody who could give way.
      try (RawClient bob = server.client()) {
        bob.say("USER bob\r\n").expect("331");
        assertThat(bob.ask("PASS secret")).startsWith("421 ");
        assertThat(bob.isEnded()).isTrue();
      }
    }
    assertThat(log.events("ended")).anySatisfy(line -> assertThat(line).contains("gave-way"));
  }

  @Test
  void whoTransfersDoesNotGiveWay() throws IOException {
    Limit one = new Limit(1, new Policy.ReplaceIdle(Duration.ZERO, 1));
    restart(
        ServerUnderTest.setup()
            .rules(Rules.standard().withConnections(Map.of(LimitScope.PREFIX, one))));
    try (RawClient busy = server.alice();
        Socket data = busy.passive();
        RawClient other = server.client()) {
      busy.say("RETR long\r\n").expect("150");
      other.say("USER alice\r\n").expect("331");
      assertThat(other.ask("PASS secret")).startsWith("421 Too many ");
      RawClient.requireRunning(data);
      busy.say("ABOR\r\n").expect("426");
      busy.expect("226");
      RawClient.awaitEnd(data);
    }
  }

  @Test
  void thePlaceIsFreeBeforeTheGoodbyeIsRead() throws IOException {
    restart(
        ServerUnderTest.setup()
            .rules(Rules.standard().withConnections(Map.of(LimitScope.PREFIX, Limit.refusing(1)))));
    for (int round = 0; round < 200; round++) {
      try (RawClient client = RawClient.connect(server.address())) {
        assertThat(client.hear()).as("round " + round).startsWith("220 ");
        client.say("QUIT\r\n").expect("221");
        // Not closed yet: the next one comes while this one is still there.
        try (RawClient next = RawClient.connect(server.address())) {
          assertThat(next.hear()).as("round " + round).startsWith("220 ");
          next.say("QUIT\r\n").expect("221");
        }
      }
    }
  }

  @Test
  void whoGoesWithoutAWordFreesThePlace() throws IOException {
    try (RawClient client = server.client()) {
      assertThat(server.admission.attendance().present()).hasSize(1);
      client.socket().shutdownOutput();
      server.awaitNobody();
    }
    RawClient reset = server.alice();
    reset.reset();
    server.awaitNobody();
    assertThat(log.events("ended")).hasSize(2);
  }

  @Test
  void closingTheFrontEndsAll() throws IOException {
    try (RawClient idle = server.alice();
        RawClient busy = server.alice();
        Socket data = busy.passive()) {
      busy.say("RETR long\r\n").expect("150");
      server.close();
      assertThat(server.admission.attendance().present()).isEmpty();
      RawClient.awaitEnd(data);
      assertThatThrownBy(busy::hear).isInstanceOf(IOException.class);
      assertThatThrownBy(idle::hear).isInstanceOf(IOException.class);
    }
  }
}
