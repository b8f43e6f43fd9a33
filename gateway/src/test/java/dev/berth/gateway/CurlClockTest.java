package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.gateway.GatewaySnapshot.ClientState;
import dev.berth.gateway.GatewaySnapshot.Doing;
import dev.berth.limits.LimitSettings;
import dev.berth.pool.PoolSettings;
import dev.berth.testkit.Await;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** curl measures the time of each command: so it waits at more than one. */
@Timeout(60)
class CurlClockTest {
  private static GatewayStand before(ScriptedServer server, Duration transferWait)
      throws IOException {
    UpstreamSettings acme =
        UpstreamSettings.usual(
            "acme", GatewayStand.at(server.port()), LimitSettings.standard().withConfigured(1));
    return GatewayStand.start(
        Gateway.open(
            new GatewaySettings(
                List.of(acme),
                new GatewaySettings.Usual.Upstream("acme"),
                transferWait,
                GatewayStand.LONG,
                GatewaySettings.LOGIN_MEMORY),
            new GatewayTerms(new PoolSettings.Memory.None(), new PoolSettings.Neighbours.None())));
  }

  private static ScriptedServer server() throws IOException {
    return ScriptedServer.start(CommandTable.normal().file("/x", "hello"));
  }

  private static void await(GatewayStand stand, String what, Predicate<GatewaySnapshot> seen) {
    Await.until(
        Duration.ofSeconds(20),
        () -> what + ": " + stand.gateway().snapshot(),
        () -> seen.test(stand.gateway().snapshot()));
  }

  private static Predicate<GatewaySnapshot> waitsFor(String command) {
    return now ->
        now.clients().stream()
            .map(ClientState::doing)
            .anyMatch(
                it -> it instanceof Doing.Waiting waiting && waiting.command().equals(command));
  }

  /** As curl begins. */
  private static Socket begin(RawClient client) throws IOException {
    assertThat(client.ask("PWD")).startsWith("257");
    return client.passive();
  }

  private static void retrieve(RawClient client, Socket data) throws IOException {
    client.say("RETR x\r\n").expect("150");
    assertThat(new String(data.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
        .isEqualTo("hello");
    client.expect("226");
  }

  @Test
  void theWaitForATransferBeginsAtItsType() throws Exception {
    try (ScriptedServer server = server();
        GatewayStand stand = before(server, GatewayStand.LONG);
        RawClient curl = stand.loggedIn("ann", "secret");
        Socket data = begin(curl)) {
      stand.gateway().pause("acme");
      curl.say("TYPE I\r\n");
      await(stand, "it waits", waitsFor("TYPE I"));

      stand.gateway().resume("acme");

      curl.expect("200");
      retrieve(curl, data);
    }
  }

  /** Another one waits for it already, and gets it behind the transfer. */
  @Test
  void whatHasComeForTheTransferIsKeptOverTheQuestionBeforeIt() throws Exception {
    try (ScriptedServer server = server();
        GatewayStand stand = before(server, GatewayStand.LONG);
        RawClient curl = stand.loggedIn("ann", "secret");
        RawClient other = stand.loggedIn("ann", "secret");
        Socket data = begin(curl)) {
      assertThat(curl.ask("TYPE I")).startsWith("200");
      other.say("DELE x\r\n");
      assertThat(curl.ask("SIZE x")).isEqualTo("213 5");
      retrieve(curl, data);

      other.expect("250");
      assertThat(server.heard().indexOf("DELE x")).isGreaterThan(server.heard().indexOf("RETR x"));
    }
  }

  @Test
  void whatHasWaitedInVainAtTypeWaitsOnAtTheTransfer() throws Exception {
    Duration brief = Duration.ofMillis(300);
    try (ScriptedServer server = server();
        GatewayStand stand = before(server, brief);
        RawClient curl = stand.loggedIn("ann", "secret");
        Socket data = begin(curl)) {
      stand.gateway().pause("acme");

      assertThat(curl.ask("TYPE I")).startsWith("200");
      assertThat(stand.gateway().snapshot().upstreams().getFirst().totals().unserved()).isZero();
      assertThat(curl.ask("RETR x")).startsWith("450");

      assertThat(data.isConnected()).isTrue();
      stand.gateway().resume("acme");
      try (Socket next = curl.passive()) {
        retrieve(curl, next);
      }
    }
  }

  @Test
  void whoseTransferDoesNotComeLeavesTheConnectionToOthers() throws Exception {
    try (ScriptedServer server = server();
        GatewayStand stand = before(server, GatewayStand.LONG);
        RawClient curl = stand.loggedIn("ann", "secret");
        RawClient other = stand.loggedIn("ann", "secret");
        Socket data = begin(curl)) {
      assertThat(curl.ask("TYPE I")).startsWith("200");
      assertThat(other.ask("SIZE x")).isEqualTo("213 5");
      assertThat(data.isConnected()).isTrue();
    }
  }

  @Test
  void whoGoesAwayAtTypeWaitsNoLonger() throws Exception {
    try (ScriptedServer server = server();
        GatewayStand stand = before(server, GatewayStand.LONG)) {
      try (RawClient curl = stand.loggedIn("ann", "secret");
          Socket data = begin(curl)) {
        stand.gateway().pause("acme");
        curl.say("TYPE I\r\n");
        await(stand, "it waits", waitsFor("TYPE I"));
        assertThat(data.isConnected()).isTrue();
      }
      await(stand, "nobody waits", now -> now.queue().isEmpty() && now.clients().isEmpty());
    }
  }

  /** Others give up after seconds of silence, and are told where they stand at the transfer. */
  @Test
  void otherClientsAreAnsweredAtOnce() throws Exception {
    try (ScriptedServer server = server();
        GatewayStand stand = before(server, GatewayStand.LONG);
        RawClient asked = stand.loggedIn("ann", "secret");
        RawClient featured = stand.loggedIn("ann", "secret");
        RawClient plain = stand.loggedIn("ann", "secret")) {
      asked.ask("SYST");
      featured.ask("FEAT");
      try (Socket first = begin(asked);
          Socket second = begin(featured);
          Socket third = plain.passive()) {
        stand.gateway().pause("acme");
        for (RawClient client : List.of(asked, featured, plain)) {
          assertThat(client.ask("TYPE I")).startsWith("200");
        }
        assertThat(List.of(first, second, third)).allMatch(Socket::isConnected);
        assertThat(stand.gateway().snapshot().queue()).isEmpty();
      }
    }
  }
}
