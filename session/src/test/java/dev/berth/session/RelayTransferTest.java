package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lifetime.Deadline;
import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import dev.berth.transport.DataConnection;
import dev.berth.transport.Tls;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers between a client and a server behind. */
@Timeout(60)
final class RelayTransferTest {
  private final RelayBackend backend = new RelayBackend();
  private final CountDownLatch turn = new CountDownLatch(1);
  private final LogHeard log = new LogHeard();
  private ServerUnderTest server;

  @BeforeEach
  void start() throws IOException {
    server = ServerUnderTest.setup().behind(backend).start();
    backend.files.put("a", MemoryBackend.content(1000));
  }

  @AfterEach
  void close() throws IOException {
    log.close();
    server.close();
  }

  private void endsAs(String outcome) {
    Await.until(Duration.ofSeconds(10), "the transfer is closed", () -> backend.ended.get() == 1);
    assertThat(log.events("transfer")).singleElement().asString().contains("outcome=" + outcome);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3_000_000})
  void goesBothWays(int size) throws IOException {
    byte[] content = MemoryBackend.content(size);
    try (RawClient client = server.alice()) {
      assertThat(client.send("STOR b", content)).isEqualTo("226 Whole, says the server behind.");
      assertThat(backend.files.get("b")).isEqualTo(content);
      try (Socket data = client.passive()) {
        assertThat(client.ask("RETR b")).isEqualTo("150 Here it comes.");
        assertThat(data.getInputStream().readAllBytes()).isEqualTo(content);
        assertThat(client.hear()).isEqualTo("226 Whole, says the server behind.");
      }
    }
    assertThat(backend.completed).hasValue(2);
    assertThat(backend.ended).hasValue(2);
    assertThat(log.events("transfer"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("path=b", "bytes=" + size, "outcome=done"));
  }

  @ParameterizedTest
  @EnumSource
  void goesBothWaysInTls(Tls.Version version) throws IOException {
    byte[] content = MemoryBackend.content(500_000);
    try (TlsClient client = TlsClient.explicit(server.address(), version).alice()) {
      try (DataConnection data = client.passive()) {
        assertThat(client.ask("STOR b").code()).isEqualTo(150);
        data.startTls(TlsClient.soon());
        data.write(ByteBuffer.wrap(content));
        data.finish(TlsClient.soon());
      }
      assertThat(client.hear().code()).isEqualTo(226);
      try (DataConnection data = client.passive()) {
        client.ask("RETR b");
        data.startTls(TlsClient.soon());
        assertThat(TlsClient.readAll(data)).isEqualTo(content);
        assertThat(data.endedCleanly()).isTrue();
        data.finish(TlsClient.soon());
      }
      assertThat(client.hear().code()).isEqualTo(226);
    }
  }

  @Test
  void anOffsetIsUsedUpByTheNextTransfer() throws IOException {
    try (RawClient client = server.alice()) {
      client.say("REST 900\r\n").expect("350");
      assertThat(client.receive("RETR a"))
          .isEqualTo(Arrays.copyOfRange(MemoryBackend.content(1000), 900, 1000));
      assertThat(client.receive("RETR a")).hasSize(1000);
    }
  }

  @Test
  void anOffsetIsUsedUpByATransferThatIsRefused() throws IOException {
    try (RawClient client = server.alice()) {
      client.say("REST 900\r\n").expect("350");
      client.say("RETR a\r\n").expect("425");
      assertThat(client.receive("RETR a")).hasSize(1000);
    }
  }

  /** Some take it, and a session begins in type A. */
  @Test
  void anOffsetInTextIsTheServersMatter() throws IOException {
    try (RawClient client = server.alice()) {
      client.say("TYPE A\r\n").expect("200");
      client.say("REST 900\r\n").expect("350");
      assertThat(client.receive("RETR a"))
          .isEqualTo(Arrays.copyOfRange(MemoryBackend.content(1000), 900, 1000));
    }
  }

  @Test
  void aRefusalIsToldAsItIsAndTheDataConnectionStaysForTheNext() throws IOException {
    backend.beginning =
        command -> {
          if (command.argument().equals("x")) {
            throw RelayBackend.refused(550, "There is no x behind.");
          }
          return Reply.of(125, "Begins.");
        };
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      assertThat(client.ask("RETR x")).isEqualTo("550 There is no x behind.");
      endsAs("denied");
      assertThat(client.ask("RETR a")).isEqualTo("125 Begins.");
      assertThat(data.getInputStream().readAllBytes()).hasSize(1000);
      client.expect("226");
    }
  }

  @Test
  void withoutADoorTheServerBehindIsNotAsked() throws IOException {
    backend.beginning =
        command -> {
          throw new AssertionError("asked");
        };
    try (RawClient client = server.alice()) {
      assertThat(client.ask("RETR a")).startsWith("425 ");
      assertThat(backend.ended).hasValue(1);
    }
  }

  @Test
  void aDataConnectionThatDoesNotComeEndsIt() throws IOException {
    server.close();
    Duration never = Timers.NEVER;
    server =
        ServerUnderTest.setup()
            .behind(backend)
            .timers(new Timers(never, never, never, never, never, Duration.ofMillis(300)))
            .start();
    backend.beginning = RelayBackend.holding(turn);
    turn.countDown();
    try (RawClient client = server.alice()) {
      client.say("EPSV\r\n").expect("229");
      assertThat(client.ask("RETR a")).isEqualTo("150-You are third.\n150 The wait is over.");
      client.expect("425");
      endsAs("no-data-connection");
      assertThat(backend.completed).hasValue(0);
    }
  }

  @Test
  void whoIsHeldHearsTheBeginningInTheSameReply() throws IOException {
    backend.beginning = RelayBackend.holding(turn);
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR a\r\n");
      assertThat(client.line()).isEqualTo("150-You are third.");
      turn.countDown();
      assertThat(client.line()).isEqualTo("150 It is your turn.");
      assertThat(data.getInputStream().readAllBytes()).hasSize(1000);
      client.expect("226");
    }
  }

  @Test
  void whoIsHeldAndRefusedHearsTheEndOfTheReplyBefore() throws IOException {
    backend.beginning =
        command -> {
          command.hold("One line\r\n226 and no more");
          command.hold("Another");
          throw RelayBackend.refused(450, "It is taken.");
        };
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      assertThat(client.ask("RETR a"))
          .isEqualTo("150-One line??226 and no more\n150-Another\n150 The wait is over.");
      assertThat(client.hear()).isEqualTo("450 It is taken.");
      assertThat(client.ask("NOOP")).startsWith("200 ");
      assertThatThrownBy(() -> data.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    endsAs("denied");
  }

  /** Behind 150 most clients read the data connection to its end, and only then the reply. */
  @ParameterizedTest
  @ValueSource(strings = {"LIST", "STOR b"})
  void whoIsHeldAndRefusedSeesTheDataEnd(String line) throws IOException {
    backend.beginning =
        command -> {
          command.hold("One line");
          throw RelayBackend.refused(450, "It is taken.");
        };
    try (RawClient client = server.alice()) {
      try (Socket data = client.passive()) {
        assertThat(client.ask(line)).startsWith("150-");
        assertThat(data.getInputStream().read()).isNegative();
        client.expect("450");
      }
      try (ServerSocket listener = client.active()) {
        assertThat(client.ask(line)).startsWith("150-");
        try (Socket data = listener.accept()) {
          assertThat(data.getInputStream().read()).isNegative();
        }
        client.expect("450");
      }
      assertThat(client.ask(line)).startsWith("425 ");
    }
  }

  @Test
  void whoIsHeldAndRefusedIsToldThoughNobodyListens() throws IOException {
    backend.beginning =
        command -> {
          command.hold("One line");
          throw RelayBackend.refused(450, "It is taken.");
        };
    try (RawClient client = server.alice()) {
      client.active().close();
      assertThat(client.ask("LIST")).startsWith("150-");
      client.expect("450");
      client.say("EPSV\r\n").expect("229");
      assertThat(client.ask("LIST")).startsWith("150-");
      client.expect("450");
    }
  }

  @Test
  void aFaultWhileHeldIsToldBehindTheReply() throws IOException {
    backend.beginning =
        command -> {
          command.hold("Wait.");
          throw new IOException("a fault");
        };
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      assertThat(client.ask("RETR a")).isEqualTo("150-Wait.\n150 The wait is over.");
      assertThat(client.hear()).startsWith("451 ");
      assertThat(data.isConnected()).isTrue();
    }
    endsAs("fault");
  }

  @Test
  void aborEndsTheWait() throws IOException {
    backend.beginning = RelayBackend.holding(turn);
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR a\r\n");
      assertThat(client.line()).isEqualTo("150-You are third.");
      client.say("STAT\r\nABOR\r\n");
      assertThat(client.line()).isEqualTo("150 The wait is over.");
      client.expect("426");
      client.expect("211");
      client.expect("226");
      assertThat(data.isConnected()).isTrue();
      endsAs("aborted");
    }
  }

  @Test
  void aClientThatGoesEndsTheWait() throws IOException {
    backend.beginning = RelayBackend.holding(turn);
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR a\r\n");
      assertThat(client.line()).isEqualTo("150-You are third.");
      client.reset();
      assertThat(data.isConnected()).isTrue();
      server.awaitNobody();
      endsAs("client-gone");
    }
  }

  @Test
  void theEndOfTheServerEndsTheWait() throws IOException {
    backend.beginning = RelayBackend.holding(turn);
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR a\r\n");
      assertThat(client.line()).isEqualTo("150-You are third.");
      server.close();
      assertThat(data.isConnected()).isTrue();
      assertThat(backend.ended).hasValue(1);
      assertThat(backend.closed).hasValue(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RETR a", "STOR a"})
  void aborEndsWhatMovesOnBothSides(String command) throws IOException {
    backend.moving =
        any -> {
          assertThat(backend.aborted.await(20, TimeUnit.SECONDS)).isTrue();
          throw RelayBackend.refused(426, "Ended behind.");
        };
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say(command + "\r\n").expect("150");
      client.say("ABOR\r\n");
      assertThat(client.hear()).startsWith("426 Ended, as you asked");
      client.expect("226");
      RawClient.awaitEnd(data);
      assertThat(client.ask("NOOP")).startsWith("200 ");
    }
    endsAs("aborted");
    assertThat(backend.completed).hasValue(0);
  }

  @Test
  void statusIsToldMeanwhile() throws IOException {
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("STOR b\r\n").expect("150");
      data.getOutputStream().write(new byte[5000]);
      Await.until(
          Duration.ofSeconds(10),
          "all is counted",
          () -> client.ask("STAT").contains("STOR of b: 5000 bytes"));
      data.shutdownOutput();
      client.expect("226");
    }
  }

  @Test
  void anUploadWhoseClientWasKilledIsNotCompleted() throws IOException {
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("STOR cut\r\n").expect("150");
      data.getOutputStream().write(MemoryBackend.content(1000));
      client.socket().shutdownOutput();
      data.shutdownOutput();
      client.expect("426");
      assertThat(client.isEnded()).isTrue();
    }
    endsAs("client-gone");
    assertThat(backend.completed).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void anUploadWithoutCloseNotifyIsNotCompleted(Tls.Version version) throws IOException {
    try (TlsClient client = TlsClient.explicit(server.address(), version).alice();
        DataConnection data = client.passive()) {
      assertThat(client.ask("STOR cut").code()).isEqualTo(150);
      data.startTls(TlsClient.soon());
      data.write(ByteBuffer.wrap(new byte[1000]));
      RawClient.hangUp(data);
      // With tickets of TLS 1.3 unread, the client's system sends RST in place of FIN.
      assertThat(client.hear().toString()).containsPattern("426.*(close_notify|lost)");
    }
    assertThat(backend.completed).hasValue(0);
  }

  @Test
  void aDownloadThatIsAbortedBeforeTheLastWordIsNotDone() throws IOException {
    backend.completing =
        command -> {
          assertThat(backend.aborted.await(20, TimeUnit.SECONDS)).isTrue();
          return Reply.of(226, "Whole all the same.");
        };
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR a\r\n").expect("150");
      client.say("ABOR\r\n").expect("426");
      client.expect("226");
      assertThatThrownBy(() -> data.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
    endsAs("aborted");
  }

  @Test
  void whoIsHeldInADrainIsStillServed() throws Exception {
    backend.beginning = RelayBackend.holding(turn);
    try (RawClient client = server.alice();
        Socket data = client.passive();
        RawClient idle = server.client()) {
      client.say("RETR a\r\n");
      assertThat(client.line()).isEqualTo("150-You are third.");
      CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(this::drain);
      idle.expect("421");
      turn.countDown();
      client.expect("150 It is your turn.");
      assertThat(data.getInputStream().readAllBytes()).hasSize(1000);
      client.expect("226");
      client.expect("421 Closing: over.");
      assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private boolean drain() {
    try {
      return server.front.drain("over", Deadline.after(Duration.ofSeconds(20)));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDownloadThatTheServerBehindTakesBackIsReset() throws IOException {
    backend.completing =
        command -> {
          throw RelayBackend.refused(451, "A disk failed behind.");
        };
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR a\r\n").expect("150");
      assertThat(client.hear()).isEqualTo("451 A disk failed behind.");
      assertThatThrownBy(() -> data.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
      assertThat(client.ask("NOOP")).startsWith("200 ");
    }
    endsAs("failed-behind");
  }

  @Test
  void anUploadThatTheServerBehindRefusesIsToldSo() throws IOException {
    backend.completing =
        command -> {
          throw RelayBackend.refused(552, "The disk behind is full.");
        };
    try (RawClient client = server.alice()) {
      assertThat(client.send("STOR b", new byte[100])).isEqualTo("552 The disk behind is full.");
    }
    endsAs("failed-behind");
  }

  @Test
  void modeZOfALoginBeforeIsRefused() throws IOException {
    server.close();
    MemoryBackend files = new MemoryBackend();
    server =
        ServerUnderTest.setup()
            .behind(request ->
                request.user().equals("bob") ? files.login(request) : backend.login(request))
            .start();
    try (RawClient client = server.client().logIn("bob", "secret");
        Socket data = client.passive()) {
      client.say("MODE Z\r\n").expect("200");
      client.logIn("alice", "secret");
      assertThat(client.ask("RETR a")).startsWith("504 ");
      client.say("MODE S\r\n").expect("200");
      client.say("RETR a\r\n").expect("150");
      assertThat(data.getInputStream().readAllBytes()).hasSize(1000);
      client.expect("226");
    }
  }
}
