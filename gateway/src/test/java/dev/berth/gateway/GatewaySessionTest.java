package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.ConnectSettings;
import dev.berth.client.TlsUse;
import dev.berth.lifetime.Closer;
import dev.berth.limits.LimitSettings;
import dev.berth.pool.PoolSettings;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients of a gateway are told: by the server behind, and in its place. */
@Timeout(60)
class GatewaySessionTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration BRIEF = Duration.ofMillis(300);

  private final Closer closer = new Closer();

  @AfterEach
  void close() throws IOException {
    closer.close();
  }

  /** A gateway that lends one connection; its address. */
  private InetSocketAddress before(
      ScriptedServer server,
      UpstreamSettings.Pooling pooling,
      Duration transferWait,
      Duration commandWait)
      throws IOException {
    return before(server, 1, it -> it.with(pooling), transferWait, commandWait);
  }

  private InetSocketAddress before(
      ScriptedServer server,
      int limit,
      UnaryOperator<UpstreamSettings> change,
      Duration transferWait,
      Duration commandWait)
      throws IOException {
    ConnectSettings connect =
        new ConnectSettings(
            "127.0.0.1",
            server.port(),
            TlsUse.OFF,
            Tls.of(Trust.system(), "127.0.0.1"),
            Source.any(),
            LONG);
    UpstreamSettings acme =
        change.apply(
            UpstreamSettings.usual(
                "acme", connect, LimitSettings.standard().withConfigured(limit)));
    Gateway gateway =
        closer.register(
            Gateway.open(
                new GatewaySettings(
                    List.of(acme),
                    new GatewaySettings.Usual.Upstream("acme"),
                    transferWait,
                    commandWait,
                    GatewaySettings.LOGIN_MEMORY),
                new GatewayTerms(
                    new PoolSettings.Memory.None(), new PoolSettings.Neighbours.None())));
    return closer.register(Fronts.open(gateway)).addresses().getFirst();
  }

  private InetSocketAddress before(ScriptedServer server) throws IOException {
    return before(server, UpstreamSettings.Pooling.TRANSFER, BRIEF, BRIEF);
  }

  private ScriptedServer start(CommandTable table) throws IOException {
    ScriptedServer server = ScriptedServer.start(table);
    closer.register((Closeable) server::close);
    return server;
  }

  /** Its script does not come to its end: the server, or the client, breaks off. */
  private ScriptedServer startToBreak(CommandTable table) throws IOException {
    ScriptedServer server = start(table);
    closer.register((Closeable) server::allowFailures);
    return server;
  }

  private static long count(ScriptedServer server, String line) {
    return server.heard().stream().filter(line::equals).count();
  }

  @Test
  void theEndOfTheServersSessionIsNotTheClients() throws Exception {
    ScriptedServer server =
        startToBreak(
            CommandTable.normal()
                .answer("DELE", (it, name) -> it.say("421 Idle for too long.\r\n").close()));
    try (RawClient client = RawClient.loggedIn(before(server), "ann", "secret")) {
      assertThat(client.ask("DELE x")).startsWith("451 acme ended the connection: Idle for too");
      assertThat(count(server, "DELE x")).isEqualTo(1);
      assertThat(client.ask("PWD")).startsWith("257");
    }
  }

  @Test
  void aQuestionWhoseConnectionIsLostIsAskedAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    ScriptedServer server =
        startToBreak(
            CommandTable.normal()
                .answer(
                    "SIZE",
                    (it, name) -> {
                      if (asked.incrementAndGet() == 1) {
                        it.close();
                      } else {
                        it.say("213 5\r\n");
                      }
                    }));
    try (RawClient client =
        RawClient.loggedIn(
            before(server, UpstreamSettings.Pooling.TRANSFER, LONG, LONG), "ann", "secret")) {
      assertThat(client.ask("SIZE x")).isEqualTo("213 5");
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void whatChangesSomethingIsNotSaidTwice() throws Exception {
    ScriptedServer server =
        startToBreak(CommandTable.normal().answer("DELE", (it, name) -> it.close()));
    try (RawClient client = RawClient.loggedIn(before(server), "ann", "secret")) {
      assertThat(client.ask("DELE x")).startsWith("451 The connection to acme was lost");
      assertThat(count(server, "DELE x")).isEqualTo(1);
    }
  }

  /** A transfer that stalls holds the one connection. */
  private interface WhileItIsHeld {
    void run(RawClient other) throws IOException;
  }

  private void whileHeld(Duration transferWait, WhileItIsHeld then) throws IOException {
    whileHeld(before(stalling(), UpstreamSettings.Pooling.TRANSFER, transferWait, BRIEF), then);
  }

  private ScriptedServer stalling() throws IOException {
    return start(
        CommandTable.normal()
            .answer("SIZE", (it, name) -> it.say("213 5\r\n"))
            .answer("RETR", (it, name) -> it.say("150 here\r\n").stallData(new byte[10])));
  }

  private static void whileHeld(InetSocketAddress gateway, WhileItIsHeld then) throws IOException {
    try (RawClient other = RawClient.loggedIn(gateway, "ann", "secret");
        RawClient holder = RawClient.loggedIn(gateway, "ann", "secret");
        Socket data = holder.passive()) {
      holder.say("RETR large\r\n").expect("150");
      then.run(other);
      assertThat(data.isConnected()).isTrue();
    }
  }

  @Test
  void oneConnectionIsLeftToShortCommands() throws Exception {
    InetSocketAddress gateway = before(stalling(), 2, it -> it, BRIEF, LONG);
    whileHeld(
        gateway,
        other -> {
          assertThat(other.ask("SIZE large")).isEqualTo("213 5");
          try (Socket data = other.passive()) {
            assertThat(other.ask("RETR large")).startsWith("450 All connections to acme are");
            assertThat(data.isConnected()).isTrue();
          }
        });
  }

  @Test
  void whereAsManyWaitAsMayTheNextIsTurnedAwayBeforeItSendsItsPassword() throws Exception {
    InetSocketAddress gateway =
        before(stalling(), 1, it -> it.with(new TurnSettings(0, 1, List.of())), LONG, LONG);
    whileHeld(
        gateway,
        other -> {
          try (Socket data = other.passive()) {
            other.say("SIZE large\r\n");
            String greeting = greeting(gateway);
            while (greeting.startsWith("220")) {
              greeting = greeting(gateway); // It does not wait yet.
            }
            assertThat(greeting).isEqualTo("421 Too many wait for acme already: try again later.");
            assertThat(data.isConnected()).isTrue();
          }
        });
  }

  private static String greeting(InetSocketAddress gateway) throws IOException {
    try (Socket client = new Socket(gateway.getAddress(), gateway.getPort());
        BufferedReader replies =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      return String.valueOf(replies.readLine());
    }
  }

  @Test
  void aCommandThatGetsNoConnectionInTimeIsAnswered450() throws Exception {
    whileHeld(
        BRIEF,
        other ->
            assertThat(other.ask("SIZE large"))
                .isEqualTo(
                    "450 All connections to acme are in use, and you are number 1 of those who"
                        + " wait: try again later."));
  }

  @Test
  void aTransferThatGetsNoConnectionInTimeIsAnswered450() throws Exception {
    whileHeld(
        BRIEF,
        other -> {
          try (Socket data = other.passive()) {
            assertThat(other.ask("RETR large")).startsWith("450 All connections to acme are");
            assertThat(data.isConnected()).isTrue();
          }
        });
  }

  @Test
  void theOneWhoWasRefusedFindsItsPortClosed() throws Exception {
    whileHeld(
        BRIEF,
        other -> {
          String reply = other.ask("EPSV");
          int port = Integer.parseInt(reply.replaceFirst("(?s).*\\|\\|\\|(\\d+)\\|.*", "$1"));
          other.say("RETR large\r\n").expect("450");
          assertThatThrownBy(() -> other.data(port)).isInstanceOf(ConnectException.class);
          assertThat(other.ask("RETR large")).startsWith("425");
        });
  }

  @Test
  void aTransferThatWaitsIsToldItsPositionEachFiveSeconds() throws Exception {
    whileHeld(
        Duration.ofSeconds(6),
        other -> {
          try (Socket data = other.passive()) {
            assertThat(other.ask("RETR large"))
                .isEqualTo("150-Queued for acme, position 1.\n150 The wait is over.");
            other.expect("450 All connections");
            assertThat(data.isConnected()).isTrue();
          }
        });
  }

  @Test
  void anotherUserGetsAnotherConnection() throws Exception {
    ScriptedServer server = start(CommandTable.normal().file("/x", "hello"));
    InetSocketAddress gateway = before(server, UpstreamSettings.Pooling.TRANSFER, LONG, LONG);
    for (String user : List.of("ann", "bob", "ann")) {
      try (RawClient client = RawClient.loggedIn(gateway, user, "secret")) {
        assertThat(client.ask("SIZE x")).isEqualTo("213 5");
      }
    }
    List<String> logins = server.heard().stream().filter(it -> it.startsWith("USER")).toList();
    assertThat(logins).containsExactly("USER ann", "USER bob", "USER ann");
    assertThat(server.mostAtOnce()).isEqualTo(1);
  }

  @Test
  void inSessionModeAClientHoldsItsConnectionAndItsMarksGoWithIt() throws Exception {
    ScriptedServer server =
        start(CommandTable.normal().file("/x", "hello").reply("SITE", "200 done\r\n"));
    InetSocketAddress gateway = before(server, UpstreamSettings.Pooling.SESSION, BRIEF, LONG);
    try (RawClient first = RawClient.loggedIn(gateway, "ann", "secret")) {
      assertThat(first.ask("SITE UMASK 000")).startsWith("200");
      assertThat(first.ask("SIZE x")).isEqualTo("213 5");
      assertThat(server.conversations()).hasSize(1);
      first.say("QUIT\r\n").expect("221");
    }
    try (RawClient next = RawClient.loggedIn(gateway, "ann", "secret")) {
      assertThat(next.ask("SIZE x")).isEqualTo("213 5");
    }
    assertThat(server.conversations()).as("the first one has an umask").hasSize(2);
  }

  @Test
  void whatCouldStayBehindIsRefusedWhereConnectionsAreShared() throws Exception {
    ScriptedServer server = start(CommandTable.normal());
    try (RawClient client = RawClient.loggedIn(before(server), "ann", "secret")) {
      for (String command : List.of("SITE EXEC ls", "site chgrp a x", "SITE CPFR x", "SITE")) {
        assertThat(client.ask(command)).as(command).startsWith("504 ");
      }
      assertThat(server.heard()).noneMatch(line -> line.startsWith("SITE"));
    }
  }
}
