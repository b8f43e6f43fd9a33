package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.ConnectSettings;
import dev.berth.client.TlsUse;
import dev.berth.limits.LimitSettings;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that take their time, or do not tell all: what their clients have of them all the same.
 */
@Timeout(60)
class PatienceTest {
  private static GatewayStand before(ScriptedServer server, int limit, Duration timeout)
      throws IOException {
    ConnectSettings connect =
        new ConnectSettings(
            "127.0.0.1",
            server.port(),
            TlsUse.OFF,
            Tls.of(Trust.system(), "127.0.0.1"),
            Source.any(),
            timeout);
    return GatewayStand.start(
        new GatewaySettings.Usual.Upstream("acme"),
        UpstreamSettings.usual("acme", connect, LimitSettings.standard().withConfigured(limit)));
  }

  @Test
  void whoHashesALargeFileMayBeSilentForLonger() throws Exception {
    CommandTable table =
        CommandTable.normal()
            .answer("XCRC", (it, name) -> it.pause(Duration.ofSeconds(3)).say("250 0A1B2C3D\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        GatewayStand stand = before(server, 1, Duration.ofSeconds(1));
        RawClient client = stand.loggedIn("ann", "secret")) {
      assertThat(client.ask("XCRC large")).isEqualTo("250 0A1B2C3D");
    }
  }

  private static CommandTable hashing(CountDownLatch begun) {
    return hashing("XCRC", begun);
  }

  private static CommandTable hashing(String verb, CountDownLatch begun) {
    return CommandTable.normal()
        .reply("FEAT", "211-Features:\r\n SIZE\r\n HASH SHA-256*;MD5\r\n XCRC\r\n211 End\r\n")
        .file("/x", "hello")
        .answer(
            verb,
            (it, name) -> {
              begun.countDown();
              it.awaitEnd();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"XCRC", "HASH"})
  void aborEndsADigestThatTheServerTakesItsTimeFor(String verb) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.start(hashing(verb, begun));
        GatewayStand stand = before(server, 1, GatewayStand.LONG);
        RawClient client = stand.loggedIn("ann", "secret")) {
      client.say(verb + " large\r\n");
      begun.await();
      client.say("ABOR\r\n").expect("426");
      client.expect("226");
      assertThat(client.ask("SIZE x")).isEqualTo("213 5");
      server.allowFailures();
    }
  }

  @Test
  void whoIsGoneWantsNoDigest() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.start(hashing(begun));
        GatewayStand stand = before(server, 1, GatewayStand.LONG);
        RawClient other = stand.loggedIn("ann", "secret")) {
      try (RawClient client = stand.loggedIn("ann", "secret")) {
        client.say("XCRC large\r\n");
        begun.await();
      }
      assertThat(other.ask("SIZE x")).isEqualTo("213 5");
      server.allowFailures();
    }
  }

  /** All of the file is there, and the server says nothing to that. */
  @Test
  void aborIsHeardWhileTheServerTakesItsTimeForItsLastWord() throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    CommandTable table =
        CommandTable.normal()
            .file("/x", "hello")
            .answer(
                "STOR",
                (it, name) -> {
                  it.say("150 go on\r\n").receiveData();
                  received.countDown();
                  it.awaitEnd();
                });
    try (ScriptedServer server = ScriptedServer.start(table);
        GatewayStand stand = before(server, 1, GatewayStand.LONG);
        RawClient client = stand.loggedIn("ann", "secret")) {
      try (Socket data = client.passive()) {
        client.say("STOR large\r\n").expect("150");
        data.getOutputStream().write(new byte[1000]);
      }
      received.await();
      client.say("ABOR\r\n").expect("426");
      client.expect("226");
      assertThat(client.ask("SIZE x")).isEqualTo("213 5");
      server.allowFailures();
    }
  }

  /** Whoever has been on it is somewhere; nobody else could be told where. */
  @Test
  void whereTheServerTellsNoFolderEachClientHasAConnectionOfItsOwn() throws Exception {
    CommandTable table =
        CommandTable.normal().file("/dir/x", "hello").reply("PWD", "502 no such command\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        GatewayStand stand = before(server, 2, GatewayStand.LONG)) {
      try (RawClient ann = stand.loggedIn("ann", "secret");
          RawClient bob = stand.loggedIn("ann", "secret")) {
        assertThat(ann.ask("PWD")).isEqualTo("502 no such command");
        ann.say("CWD dir\r\n").expect("250");
        assertThat(bob.ask("SIZE x")).startsWith("550");
        assertThat(ann.ask("SIZE x")).isEqualTo("213 5");
        assertThat(bob.ask("SIZE dir/x")).isEqualTo("213 5");
        ann.say("CDUP\r\n").expect("2");
        ann.say("CWD dir\r\n").expect("250");
        assertThat(new String(ann.receive("RETR x"), StandardCharsets.US_ASCII)).isEqualTo("hello");
        ann.say("QUIT\r\n").expect("221");
        bob.say("QUIT\r\n").expect("221");
      }
      try (RawClient next = stand.loggedIn("ann", "secret")) {
        assertThat(next.ask("SIZE dir/x")).isEqualTo("213 5");
      }
      List<List<String>> heard = server.conversations().stream().map(Conversation::heard).toList();
      assertThat(heard).filteredOn(lines -> lines.contains("CWD dir")).hasSize(1);
      assertThat(heard).hasSize(3);
    }
  }
}
