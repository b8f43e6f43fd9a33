package dev.berth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.TapSettings.Action;
import dev.berth.testkit.TapSettings.Trigger;
import dev.berth.testkit.TappedConnection.End;
import dev.berth.testkit.TappedConnection.Side;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(PeersOrSkip.class)
class WireTapTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @ParameterizedTest
  @EnumSource(PeerKind.class)
  void countsWhatARealServerAdmitsAndRefuses(PeerKind kind) throws IOException {
    try (Peer peer = Peers.start(kind, PeerSettings.plain().perAddress(2));
        WireTap tap = WireTap.before(peer.address())) {
      try (PeerClient first = loggedIn(tap);
          PeerClient _ = loggedIn(tap);
          PeerClient third = PeerClient.connect(tap.address())) {
        assertThat(third.logIn()).matches("(421|530) .*");
        assertThat(third.line()).isEqualTo("(closed)");
        assertThat(first.command("QUIT")).startsWith("221");
        assertThat(first.line()).isEqualTo("(closed)");
      }

      tap.awaitAllEnded(SOON);
      assertThat(tap.connections()).hasSize(3);
      assertThat(tap.refused()).isEqualTo(1);
      assertThat(tap.mostAdmittedAtOnce()).isEqualTo(2);
      assertThat(tap.connections().getFirst().isRefused()).isFalse();
      assertThat(tap.connections().getFirst().commands())
          .containsExactly("USER " + Account.USER, "PASS " + Account.PASSWORD, "QUIT");
      assertThat(tap.connections().getFirst().closedFirst()).contains(Side.SERVER);
      assertThat(tap.connections().getLast().closedFirst()).contains(Side.SERVER);
    }
  }

  /** One after the other: a server that forks may count connections in another order. */
  private static PeerClient loggedIn(WireTap tap) throws IOException {
    PeerClient client = PeerClient.connect(tap.address());
    assertThat(client.logIn()).startsWith("230");
    return client;
  }

  @Test
  void aCloseWithoutAWordIsARefusalAndAWrongPasswordIsNone() throws IOException {
    List<Script> scripts =
        List.of(
            Conversation::close,
            it -> it.say("220 hi\r\n").expect("PASS x").say("530 Login incorrect.\r\n").close());
    try (ScriptedServer server = ScriptedServer.start(scripts);
        WireTap tap = WireTap.before(server.address())) {
      try (PeerClient wordless = PeerClient.connect(tap.address())) {
        assertThat(wordless.line()).isEqualTo("(closed)");
      }
      try (PeerClient wrong = PeerClient.connect(tap.address())) {
        assertThat(wrong.line()).isEqualTo("220 hi");
        assertThat(wrong.command("PASS x")).isEqualTo("530 Login incorrect.");
      }

      tap.awaitAllEnded(SOON);
      assertThat(tap.connections())
          .extracting(TappedConnection::isRefused)
          .containsExactly(true, false);
      assertThat(tap.commands("pass")).isEqualTo(1);
      assertThat(tap.mostAdmittedAtOnce()).isEqualTo(1);
    }
  }

  /** It may have been refused: nobody has heard it. */
  @Test
  void whoLeavesBeforeTheGreetingWasNeverAdmitted() throws IOException {
    List<Script> scripts =
        List.of(it -> it.say("220 hi\r\n").expect("QUIT").close(), Conversation::awaitEnd);
    try (ScriptedServer server = ScriptedServer.start(scripts);
        WireTap tap = WireTap.before(server.address());
        PeerClient admitted = PeerClient.connect(tap.address())) {
      assertThat(admitted.line()).isEqualTo("220 hi");
      PeerClient.connect(tap.address()).close();
      Await.until(SOON, () -> "both", () -> tap.connections().size() == 2);
      assertThat(admitted.command("QUIT")).isEqualTo("(closed)");

      tap.awaitAllEnded(SOON);
      assertThat(tap.mostAdmittedAtOnce()).isEqualTo(1);
    }
  }

  @Test
  void connectionsOneAfterAnotherAreNeverTwoAtOnce() throws IOException {
    try (ScriptedServer server =
            ScriptedServer.start(it -> it.say("220 hi\r\n").expect("QUIT").close());
        WireTap tap = WireTap.before(server.address())) {
      for (int i = 0; i < 50; i++) {
        try (PeerClient client = PeerClient.connect(tap.address())) {
          assertThat(client.line()).isEqualTo("220 hi");
          assertThat(client.command("QUIT")).isEqualTo("(closed)");
        }
      }

      assertThat(tap.connections()).hasSize(50);
      assertThat(tap.mostAdmittedAtOnce()).isEqualTo(1);
    }
  }

  @Test
  void halfCloseByTheClientLetsTheAnswerThrough() throws IOException {
    try (ScriptedServer server =
            ScriptedServer.start(it -> it.awaitEnd().say("226 late\r\n").close());
        WireTap tap = WireTap.before(server.address());
        PeerClient client = PeerClient.connect(tap.address())) {
      client.socket().shutdownOutput();

      assertThat(client.line()).isEqualTo("226 late");
      assertThat(client.line()).isEqualTo("(closed)");
      assertThat(tap.connections().getFirst().closedFirst()).contains(Side.CLIENT);
    }
  }

  @Test
  void aSessionIsOverOnceNobodyTakesItsAnswers() throws IOException {
    Script talkative =
        it -> {
          it.say("220 hi\r\n").awaitEnd();
          for (int answer = 0; answer < 1_000_000; answer++) {
            it.say("226 late\r\n");
          }
        };
    try (ScriptedServer server = ScriptedServer.start(talkative);
        WireTap tap = WireTap.before(server.address())) {
      try (PeerClient client = PeerClient.connect(tap.address())) {
        assertThat(client.line()).isEqualTo("220 hi");
      }

      tap.awaitAllEnded(SOON);
      assertThat(tap.connections().getFirst().closedFirst()).contains(Side.CLIENT);
      server.allowFailures();
    }
  }

  @Test
  void aResetStaysAReset() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(it -> it.expect("NOOP").reset());
        WireTap tap = WireTap.before(server.address());
        PeerClient client = PeerClient.connect(tap.address())) {
      client.send("NOOP\r\n");

      assertThatThrownBy(client::line).isInstanceOf(SocketException.class);
      assertThat(tap.connections().getFirst().end(Side.SERVER)).contains(End.RESET);
    }
  }

  @Test
  void theServerSeesTheChosenAddress() throws IOException {
    Script greeting = it -> it.say("220 " + it.clientAddress() + "\r\n").awaitEnd();
    try (ScriptedServer server = ScriptedServer.start(greeting);
        WireTap tap = WireTap.start(TapSettings.to(server.address()).from("127.0.0.7"));
        PeerClient client = PeerClient.connect(tap.address())) {
      assertThat(client.line()).isEqualTo("220 127.0.0.7");
    }
  }

  @Test
  void aRoundTripTakesAsLongAsToldButPipeliningIsNotSlowed() throws IOException {
    Script echo =
        it -> {
          for (int i = 0; i < 10; i++) {
            it.expect("NOOP").say("200 ok\r\n");
          }
        };
    try (ScriptedServer server = ScriptedServer.start(echo);
        WireTap tap =
            WireTap.start(TapSettings.to(server.address()).roundTrip(Duration.ofMillis(200)));
        PeerClient client = PeerClient.connect(tap.address())) {
      long start = System.nanoTime();
      for (int i = 0; i < 10; i++) {
        client.send("NOOP\r\n");
      }
      for (int i = 0; i < 10; i++) {
        assertThat(client.line()).isEqualTo("200 ok");
      }
      Duration taken = Duration.ofNanos(System.nanoTime() - start);

      assertThat(taken).isBetween(Duration.ofMillis(200), Duration.ofMillis(1999));
    }
  }

  @Test
  void aFaultCutsTheConnectionAtACommand() throws IOException {
    Script session = it -> it.say("220 hi\r\n").expect("USER a").say("331 b\r\n").awaitEnd();
    try (ScriptedServer server = ScriptedServer.start(session);
        WireTap tap =
            WireTap.start(
                TapSettings.to(server.address())
                    .fault(1, new Trigger.Command("pass"), Action.CLOSE));
        PeerClient client = PeerClient.connect(tap.address())) {
      assertThat(client.line()).isEqualTo("220 hi");
      assertThat(client.command("USER a")).isEqualTo("331 b");

      assertThat(client.command("PASS c")).isEqualTo("(closed)");
      assertThat(server.heard()).containsExactly("USER a");
    }
  }

  @Test
  void aFaultCutsTheConnectionAfterSoManyBytes() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(it -> it.say("220 hello\r\n").awaitEnd());
        WireTap tap =
            WireTap.start(
                TapSettings.to(server.address())
                    .fault(1, new Trigger.ServerBytes(5), Action.CLOSE));
        PeerClient client = PeerClient.connect(tap.address())) {
      assertThat(client.line()).isEqualTo("220 h(closed)");
    }
  }
}
