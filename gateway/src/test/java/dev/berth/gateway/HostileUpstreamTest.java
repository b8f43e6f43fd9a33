package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.ConnectSettings;
import dev.berth.client.TlsUse;
import dev.berth.limits.LimitSettings;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.Script;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers behind that lie, say nothing, or do not stop: none of them holds a client for long. */
@Timeout(60)
class HostileUpstreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration WAIT = Duration.ofSeconds(3);
  private static final int CLIENTS = 8; // As many as one address may have.
  private static final String BLOCK = "213-and so on, and on, and on\r\n".repeat(500);

  private static GatewayStand before(ScriptedServer server) throws IOException {
    ConnectSettings connect =
        new ConnectSettings(
            "127.0.0.1",
            server.port(),
            TlsUse.OFF,
            Tls.of(Trust.system(), "127.0.0.1"),
            Source.any(),
            PATIENCE);
    UpstreamSettings acme =
        UpstreamSettings.usual("acme", connect, LimitSettings.standard().withConfigured(2));
    return GatewayStand.start(
        Gateway.open(
            new GatewaySettings(
                List.of(acme),
                new GatewaySettings.Usual.Upstream("acme"),
                WAIT,
                WAIT,
                GatewaySettings.LOGIN_MEMORY),
            SpoolStand.ALONE));
  }

  /** Until it is hung up on. */
  private static void endless(Conversation it, String block) {
    while (true) {
      try {
        it.say(block);
      } catch (IOException end) {
        return;
      }
    }
  }

  private static void sendNothing(Conversation it) throws IOException {
    Socket data = it.say("150 here\r\n").accept();
    try {
      data.getInputStream().read();
    } catch (IOException reset) {
      return; // As it should be.
    }
  }

  /** What a client has of a server that is none. */
  private interface Told {
    void by(RawClient client) throws IOException;
  }

  private static void tell(Script script, Told told) throws IOException {
    tell(List.of(script), told);
  }

  private static void tell(List<Script> scripts, Told told) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(scripts);
        GatewayStand stand = before(server);
        RawClient client = stand.loggedIn("ann", "secret")) {
      told.by(client);
      assertThat(client.ask("NOOP")).startsWith("200");
      server.allowFailures();
    }
  }

  @Test
  void aReplyWithoutEndIsCut() throws Exception {
    tell(
        CommandTable.normal().answer("SIZE", (it, name) -> endless(it, BLOCK)),
        client -> assertThat(client.ask("SIZE x")).startsWith("451 The connection to acme was"));
  }

  @Test
  void aLineWithoutEndIsCut() throws Exception {
    tell(
        CommandTable.normal()
            .answer("SIZE", (it, name) -> endless(it.say("213 "), "5".repeat(500))),
        client -> assertThat(client.ask("SIZE x")).startsWith("451 The connection to acme was"));
  }

  @Test
  void aPreliminaryReplyWithoutEndIsCut() throws Exception {
    tell(
        CommandTable.normal()
            .answer("RETR", (it, name) -> endless(it, BLOCK.replace("213", "150"))),
        client -> {
          try (Socket data = client.passive()) {
            assertThat(client.ask("RETR x")).startsWith("451 The connection to acme was lost");
            RawClient.awaitEnd(data);
          }
        });
  }

  @Test
  void aReplyThatNeverComesIsNotAwaitedForLong() throws Exception {
    tell(
        CommandTable.normal().answer("DELE", (it, name) -> it.awaitEnd()),
        client -> assertThat(client.ask("DELE x")).startsWith("451 The connection to acme was"));
  }

  @Test
  void aGreetingThatNeverComesIsNotAwaitedForLong() throws Exception {
    tell(
        List.of(
            CommandTable.normal().answer("SIZE", (it, name) -> it.close()), Conversation::awaitEnd),
        client -> assertThat(client.ask("SIZE x")).startsWith("450 "));
  }

  @Test
  void aDataConnectionThatNobodyAcceptsIsToldAsOne() throws Exception {
    tell(
        CommandTable.normal()
            .answer("EPSV", (it, none) -> it.sayExtendedPassive().closePassive())
            .answer("PASV", (it, none) -> it.sayPassive().closePassive())
            .answer("RETR", (it, name) -> it.say("425 Nobody has come.\r\n")),
        client -> {
          try (Socket data = client.passive()) {
            assertThat(client.ask("RETR x")).startsWith("4");
            RawClient.awaitEnd(data);
          }
        });
  }

  @Test
  void aDownloadOfWhichNothingComesIsNotAwaitedForLong() throws Exception {
    tell(
        CommandTable.normal().answer("RETR", (it, name) -> sendNothing(it)),
        client -> {
          try (Socket data = client.passive()) {
            client.say("RETR x\r\n").expect("150");
            client.expect("451 The connection to acme was lost");
            RawClient.awaitEnd(data);
          }
        });
  }

  /** RFC 2577 section 3, the other way round: the client's bytes go to no third one. */
  @Test
  void dataGoesToTheServerWhateverHostItNames() throws Exception {
    try (ServerSocket victim = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
      victim.setSoTimeout(1);
      tell(
          CommandTable.normal()
              .reply("EPSV", "500 what?\r\n")
              .answer("PASV", (it, none) -> sayOtherHost(it, victim))
              .reply("RETR", "425 Nobody has come.\r\n"),
          client -> {
            try (Socket data = client.passive()) {
              assertThat(client.ask("RETR x")).startsWith("4");
              RawClient.awaitEnd(data);
            }
          });
      assertThatThrownBy(victim::accept).isInstanceOf(SocketTimeoutException.class);
    }
    tell(
        CommandTable.normal()
            .file("/x", "hello")
            .reply("EPSV", "500 what?\r\n")
            .answer("PASV", (it, none) -> it.sayPassive("127,0,0,2")),
        client -> assertThat(client.receive("RETR x")).asString().isEqualTo("hello"));
  }

  private static void sayOtherHost(Conversation it, ServerSocket victim) throws IOException {
    int port = victim.getLocalPort();
    it.say("227 Entering Passive Mode (127,0,0,2,%d,%d).\r\n".formatted(port >> 8, port & 255));
  }

  /** Eight clients want what the server lets nobody have: it hears of few of them. */
  @Test
  void aServerThatRefusesIsNotStormed() throws Exception {
    Script refusing = it -> it.say("421 Too many connections.\r\n").close();
    try (ScriptedServer server =
            ScriptedServer.start(
                List.of(CommandTable.normal().answer("SIZE", (it, name) -> it.close()), refusing));
        GatewayStand stand = before(server)) {
      List<RawClient> clients = new ArrayList<>();
      try {
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(stand.loggedIn("ann", "secret"));
        }
        for (RawClient client : clients) {
          client.say("SIZE x\r\n");
        }
        for (RawClient client : clients) {
          client.expect("450 ");
        }
      } finally {
        for (RawClient client : clients) {
          client.close();
        }
      }
      assertThat(server.conversations()).hasSizeLessThan(CLIENTS - 2);
      server.allowFailures();
    }
  }
}
