package dev.berth.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Watchdog;
import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import dev.berth.transport.ControlConnection;
import dev.berth.transport.Source;
import dev.berth.wire.Octets;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that another server serves: logins, commands, the end. */
@Timeout(60)
final class RelayTest {
  private final RelayBackend backend = new RelayBackend();
  private ServerUnderTest server;

  @BeforeEach
  void start() throws IOException {
    server = ServerUnderTest.setup().behind(backend).start();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private void restart(ServerUnderTest.Setup setup) throws IOException {
    server.close();
    server = setup.start();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @Test
  void aCommandGoesAsItIsAndSoDoesItsReply() throws IOException {
    backend.answers.put("XYZZY", command -> Reply.of(299, "Nothing happens."));
    backend.answers.put(
        "SIZE",
        command -> new Reply(213, List.of("Two", "211 lines", Octets.toText(bytes("of \u00e9")))));
    backend.answers.put("PWD", command -> Reply.of(257, "\"/behind\""));
    try (RawClient client = server.alice()) {
      assertThat(client.ask("xyzzy")).isEqualTo("299 Nothing happens.");
      assertThat(client.ask("SIZE  a \u00e9 ")).isEqualTo("213-Two\n 211 lines\n213 of \u00e9");
      assertThat(client.ask("PWD with an argument")).isEqualTo("257 \"/behind\"");
    }
    assertThat(backend.served)
        .containsExactly(
            "XYZZY", "SIZE " + Octets.toText(bytes(" a \u00e9")), "PWD with an argument");
  }

  @Test
  void whatTheRelayRefusesIsToldAsItIsAndAFaultAs451() throws IOException {
    backend.answers.put(
        "DELE",
        command -> {
          throw RelayBackend.refused(450, "Busy behind.");
        });
    backend.answers.put(
        "MKD",
        command -> {
          throw new IOException("a disk");
        });
    try (LogHeard log = new LogHeard();
        RawClient client = server.alice()) {
      assertThat(client.ask("DELE x")).isEqualTo("450 Busy behind.");
      assertThat(client.ask("MKD x")).startsWith("451 ").contains("MKD");
      assertThat(client.ask("NOOP")).startsWith("200 ");
      assertThat(log.events("fault")).singleElement().asString().contains("a disk");
    }
  }

  /** Of the client's control connection it would be the end of the session. */
  @Test
  void aConnectionThatIsLostBehindIsAFault() throws IOException {
    backend.answers.put("MKD", command -> connectToNobody());
    backend.beginning = command -> connectToNobody();
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      assertThat(client.ask("MKD x")).startsWith("451 ");
      assertThat(client.ask("RETR x")).startsWith("451 ");
      assertThat(client.ask("NOOP")).startsWith("200 ");
      assertThat(data.isConnected()).isTrue();
    }
  }

  private static Reply connectToNobody() throws IOException {
    InetSocketAddress closed;
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      closed = new InetSocketAddress(once.getInetAddress(), once.getLocalPort());
    }
    try (Watchdog watchdog = Watchdog.start();
        ControlConnection lost =
            ControlConnection.connect(
                closed, Source.any(), watchdog, Deadline.after(Duration.ofSeconds(10)))) {
      return Reply.of(200, "There is somebody: " + lost);
    }
  }

  @Test
  void nothingIsPassedOnBeforeTheLogin() throws IOException {
    backend.answers.put("PWD", command -> Reply.of(257, "\"/\""));
    try (RawClient client = server.client()) {
      assertThat(client.ask("PWD")).startsWith("530 ");
      client.logIn("alice", "secret");
      assertThat(client.ask("PWD")).startsWith("257 ");
    }
  }

  @Test
  void whatIsAboutFilesAndNotPassedOnIsRefused() throws IOException {
    try (RawClient client = server.alice()) {
      for (CommandEntry entry : CommandTable.all()) {
        if (entry.phase() == CommandEntry.Phase.VISITING
            && !List.of("RETR", "STOR", "LIST").contains(entry.verb())) {
          assertThat(client.ask(entry.verb() + " 1")).as(entry.verb()).startsWith("502 ");
          assertThat(client.ask("NOOP")).startsWith("200 ");
        }
      }
      assertThat(client.ask("STAT x")).startsWith("502 ");
      assertThat(client.ask("SITE CHMOD 644 x")).startsWith("502 ");
      assertThat(client.ask("SITE UTIME 20261123075100 x")).startsWith("502 ");
      assertThat(client.ask("RNTO x")).startsWith("502 ");
      assertThat(client.ask("XYZZY")).startsWith("500 ");
    }
  }

  @Test
  void theParametersOfTransfersStayTheSessionsOwn() throws IOException {
    try (RawClient client = server.alice()) {
      assertThat(client.ask("STAT")).startsWith("211-").contains("logged in as alice");
      assertThat(client.ask("SITE WHO")).startsWith("200-");
      assertThat(client.ask("MODE Z")).startsWith("504 ");
      assertThat(client.ask("MODE S")).startsWith("200 ");
      assertThat(client.ask("FEAT"))
          .contains(" REST STREAM\n", " SIZE\n", " EPSV\n", " PROT\n")
          .doesNotContain("MODE Z", "MLST", "SITE", "XMD5", "TVFS");
      assertThat(client.ask("TYPE A")).startsWith("200 ");
      assertThat(client.ask("REST 5")).startsWith("350 ");
      assertThat(client.ask("ABOR")).startsWith("226 ");
      assertThat(backend.served).isEmpty();
    }
  }

  @Test
  void typeAndRestartOffsetAreTold() throws IOException {
    backend.answers.put("SIZE", command -> Reply.of(213, command.type() + " " + command.restart()));
    try (RawClient client = server.alice()) {
      client.say("REST 7\r\n").expect("350");
      assertThat(client.ask("SIZE x")).isEqualTo("213 I 7");
      assertThat(client.ask("SIZE x")).as("no data was moved").isEqualTo("213 I 7");
      client.say("TYPE A\r\n").expect("200");
      assertThat(client.ask("SIZE x")).isEqualTo("213 A 7");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hold", "register"})
  void holdAndRegisterAreForTransfersOnly(String what) throws IOException {
    backend.answers.put(
        "SITE",
        command -> {
          try {
            if (what.equals("hold")) {
              command.hold("x");
            } else {
              command.register(() -> {});
            }
          } catch (IllegalStateException e) {
            return Reply.of(200, e.getMessage());
          }
          return Reply.of(500, "It was let.");
        });
    try (RawClient client = server.alice()) {
      assertThat(client.ask("SITE x")).startsWith("200 no transfer begins");
    }
  }

  @Test
  void whoFindsNoRoomBehindIsToldSoAndTheSessionEnds() throws IOException {
    restart(ServerUnderTest.setup().behind(request -> new Login.Busy("No room behind just now.")));
    try (LogHeard log = new LogHeard();
        RawClient client = server.client()) {
      client.say("USER alice\r\n").expect("331");
      assertThat(client.ask("PASS secret")).isEqualTo("421 No room behind just now.");
      assertThat(client.isEnded()).isTrue();
      assertThat(log.events("login-busy"))
          .singleElement()
          .asString()
          .contains("user=alice", "text=\"No room behind just now.\"");
    }
  }

  @Test
  void whoIsOverTheLimitOfTheAccountIsServedByNoRelay() throws IOException {
    restart(
        ServerUnderTest.setup()
            .behind(backend)
            .rules(
                ServerUnderTest.unlimited()
                    .withConnections(Map.of(LimitScope.ACCOUNT, Limit.refusing(1)))));
    try (RawClient in = server.alice();
        RawClient out = server.client()) {
      out.say("USER alice\r\n").expect("331");
      assertThat(out.ask("PASS secret")).startsWith("421 ");
      assertThat(out.isEnded()).isTrue();
      assertThat(in.ask("NOOP")).startsWith("200 ");
      assertThat(backend.opened).hasValue(2);
      assertThat(backend.closed).hasValue(1);
    }
  }

  /** How a login comes to its end. */
  enum End {
    QUIT,
    REIN,
    USER,
    KILL,
    DRAIN
  }

  @ParameterizedTest
  @EnumSource
  void theRelayIsClosedOnce(End end) throws Exception {
    try (RawClient client = server.alice()) {
      assertThat(backend.closed).hasValue(0);
      switch (end) {
        case QUIT -> client.say("QUIT\r\n").expect("221");
        case REIN -> client.say("REIN\r\n").expect("220");
        case USER -> client.say("USER bob\r\n").expect("331");
        case KILL -> client.reset();
        case DRAIN -> {
          assertThat(server.front.drain("over", Deadline.after(Duration.ofSeconds(10)))).isTrue();
          client.expect("421");
        }
      }
      Await.until(Duration.ofSeconds(10), "the relay is closed", () -> backend.closed.get() == 1);
      if (end == End.REIN || end == End.USER) {
        assertThat(client.ask("RETR x")).startsWith("530 ");
      }
    }
    server.awaitNobody();
    server.close();
    assertThat(backend.opened).hasValue(1);
    assertThat(backend.closed).hasValue(1);
  }
}
