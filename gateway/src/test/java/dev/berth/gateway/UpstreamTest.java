package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.ConnectSettings;
import dev.berth.client.TlsUse;
import dev.berth.lifetime.Deadline;
import dev.berth.limits.LimitSettings;
import dev.berth.limits.Share;
import dev.berth.pool.PoolSettings;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins at a server behind: who is let in, who is not, and what is said and remembered of it. */
@Timeout(60)
class UpstreamTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static Upstream before(int port) throws IOException {
    ConnectSettings server =
        new ConnectSettings(
            "127.0.0.1", port, TlsUse.OFF, Tls.of(Trust.system(), "127.0.0.1"), Source.any(), LONG);
    return Upstream.open(
        UpstreamSettings.usual("acme", server, LimitSettings.standard().withConfigured(2)),
        new GatewayTerms(new PoolSettings.Memory.None(), new PoolSettings.Neighbours.None()),
        Duration.ofMinutes(10),
        (password, hash) -> false,
        new GivingWay(Duration.ofSeconds(20), Duration.ofSeconds(20)));
  }

  private static Upstream.Entry enter(Upstream upstream, String user, String password)
      throws IOException, InterruptedException {
    return upstream.enter(user, password, Share.EQUAL, Deadline.after(LONG));
  }

  private static long asked(ScriptedServer server) {
    return server.heard().stream().filter(line -> line.startsWith("PASS")).count();
  }

  @Test
  void whoWasLetInCostsNoSecondLogin() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(CommandTable.normal());
        Upstream upstream = before(server.port())) {
      Upstream.Entry first = enter(upstream, "ann", "secret");

      assertThat(first).isInstanceOf(Upstream.Entry.In.class);
      assertThat(enter(upstream, "ann", "secret")).isEqualTo(first);
      assertThat(asked(server)).isEqualTo(1);
    }
  }

  /** An idle connection of the account is there, and says nothing of another password. */
  @Test
  void anotherPasswordOfTheSameUserIsShownToTheServer() throws Exception {
    CommandTable table =
        CommandTable.normal()
            .answer(
                "PASS",
                (it, password) ->
                    it.say(password.equals("secret") ? "230 in\r\n" : "530 Login incorrect.\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Upstream upstream = before(server.port())) {
      assertThat(enter(upstream, "ann", "secret")).isInstanceOf(Upstream.Entry.In.class);

      for (int i = 0; i < 3; i++) {
        assertThat(enter(upstream, "ann", "guess")).isInstanceOf(Upstream.Entry.Refused.class);
      }

      assertThat(asked(server)).isEqualTo(2);
      assertThat(upstream.pools().refusals()).as("over a limit").isZero();
      assertThat(enter(upstream, "ann", "secret")).isInstanceOf(Upstream.Entry.In.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "530 TLS is required before login.",
    "550 Disk quota exceeded.",
  })
  void aRefusalThatSpeaksOfNoPasswordIsNotHeldAgainstIt(String reply) throws Exception {
    CommandTable table = CommandTable.normal().reply("PASS", reply + "\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Upstream upstream = before(server.port())) {
      assertThat(enter(upstream, "ann", "secret")).isInstanceOf(Upstream.Entry.Later.class);
      assertThat(enter(upstream, "ann", "secret")).isInstanceOf(Upstream.Entry.Later.class);
      assertThat(asked(server)).isEqualTo(1);
    }
  }

  @Test
  void whoIsToldThatTheServerIsAwayLearnsNothingElse() throws Exception {
    int nobody;
    try (ScriptedServer server = ScriptedServer.start(CommandTable.normal())) {
      nobody = server.port();
    }
    try (Upstream upstream = before(nobody)) {
      assertThat(enter(upstream, "ann", "secret"))
          .isEqualTo(new Upstream.Entry.NotAsked("acme cannot be reached: try again later."));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0001b", "\u007f", ""})
  void aNameThatNoServerKnowsReachesNone(String user) throws Exception {
    try (ScriptedServer server = ScriptedServer.start(CommandTable.normal());
        Upstream upstream = before(server.port())) {
      assertThat(enter(upstream, user, "secret")).isInstanceOf(Upstream.Entry.Refused.class);
      assertThat(server.heard()).isEmpty();
    }
  }
}
