package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.client.ConnectSettings;
import dev.berth.client.TlsUse;
import dev.berth.gateway.GatewaySnapshot.ClientState;
import dev.berth.gateway.GatewaySnapshot.Doing;
import dev.berth.gateway.GatewaySnapshot.Lending;
import dev.berth.gateway.GatewaySnapshot.Totals;
import dev.berth.gateway.GatewaySnapshot.Turn;
import dev.berth.gateway.GatewaySnapshot.UpstreamState;
import dev.berth.gateway.GatewaySnapshot.Wish;
import dev.berth.lifetime.Closer;
import dev.berth.limits.LimitSettings;
import dev.berth.limits.PlaceState;
import dev.berth.pool.PoolSettings;
import dev.berth.testkit.Await;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator sees of a gateway, and what he can ask of it. */
@Timeout(60)
class OperatorTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Closer closer = new Closer();
  private ScriptedServer server;
  private Gateway gateway;
  private InetSocketAddress address;

  private void start(CommandTable table) throws IOException {
    server = ScriptedServer.start(table);
    closer.register((Closeable) server::close);
    ConnectSettings connect =
        new ConnectSettings(
            "127.0.0.1",
            server.port(),
            TlsUse.OFF,
            Tls.of(Trust.system(), "127.0.0.1"),
            Source.any(),
            LONG);
    UpstreamSettings acme =
        UpstreamSettings.usual("acme", connect, LimitSettings.standard().withConfigured(1));
    gateway =
        closer.register(
            Gateway.open(
                new GatewaySettings(
                    List.of(acme),
                    new GatewaySettings.Usual.Upstream("acme"),
                    LONG,
                    LONG,
                    GatewaySettings.LOGIN_MEMORY),
                new GatewayTerms(
                    new PoolSettings.Memory.None(), new PoolSettings.Neighbours.None())));
    address = closer.register(Fronts.open(gateway)).addresses().getFirst();
  }

  @AfterEach
  void close() throws IOException {
    closer.close();
  }

  private RawClient client() throws IOException {
    return RawClient.loggedIn(address, "ann", "geheim-4711");
  }

  private GatewaySnapshot await(String what, Predicate<GatewaySnapshot> seen) {
    Await.until(
        Duration.ofSeconds(20),
        () -> what + ": " + gateway.snapshot(),
        () -> seen.test(gateway.snapshot()));
    return gateway.snapshot();
  }

  private static Predicate<GatewaySnapshot> isAnyWaiting() {
    return now -> now.clients().stream().anyMatch(it -> it.doing() instanceof Doing.Waiting);
  }

  private UpstreamState acme() {
    return gateway.snapshot().upstreams().getFirst();
  }

  @Test
  void whoWaitsIsSeenWithItsTurnAndWhyAndWhoHoldsTheConnectionToo() throws Exception {
    start(
        CommandTable.normal()
            .answer("RETR", (it, name) -> it.say("150 here\r\n").stallData(new byte[10])));
    closer.register((Closeable) server::allowFailures); // Its transfer is broken off.
    try (RawClient holder = client();
        RawClient waiter = client();
        RawClient idle = client();
        Socket data = holder.passive()) {
      holder.say("RETR large\r\n").expect("150");
      data.getInputStream().readNBytes(10);
      waiter.say("SIZE secret-free\r\n");
      GatewaySnapshot now = await("one waits", isAnyWaiting());

      assertThat(now.clients()).extracting(ClientState::session).containsExactly(1L, 2L, 3L);
      assertThat(now.clients().getFirst())
          .satisfies(
              it -> assertThat(it.doing()).isInstanceOf(Doing.Leased.class),
              it -> assertThat(it.bytesDown()).isEqualTo(10),
              it -> assertThat(it.peer().isLoopbackAddress()).isTrue(),
              it -> assertThat(it.user()).isEqualTo("ann"));
      assertThat(now.clients().get(1).doing())
          .isInstanceOfSatisfying(
              Doing.Waiting.class,
              it -> {
                assertThat(it.command()).isEqualTo("SIZE secret-free");
                assertThat(it.position()).isEqualTo(1);
                assertThat(it.why()).isEqualTo("all places are taken");
              });
      assertThat(now.clients().get(2).doing())
          .isInstanceOfSatisfying(Doing.Idle.class, it -> assertThat(it.hasConnection()).isFalse());
      assertThat(now.queue())
          .singleElement()
          .satisfies(
              it -> assertThat(it.wish()).isEqualTo(new Wish.Command(2, "SIZE secret-free")),
              it -> assertThat(it.position()).isEqualTo(1));
      assertThat(now.pools())
          .containsExactly(
              new GatewaySnapshot.PoolState("acme", "ann", Map.of(PlaceState.LEASED, 1), 1));
      assertThat(acme().places()).isEqualTo(Map.of(PlaceState.LEASED, 1));
      assertThat(acme().limit()).isEqualTo(1);
      assertThat(acme().totals())
          .satisfies(
              it -> assertThat(it.loginsAtServer()).isEqualTo(1),
              it -> assertThat(it.loginsByMemory()).isEqualTo(2),
              it -> assertThat(it.leases()).isEqualTo(1),
              it -> assertThat(it.bytesDown()).isEqualTo(10));
      assertThat(now.toString()).contains("ann").doesNotContain("geheim");
      assertThat(idle.ask("NOOP")).startsWith("200");
    }
    await("all are gone", now -> now.clients().isEmpty() && now.queue().isEmpty());
    assertThat(gateway.snapshot().queue()).extracting(Turn::position).isEmpty();
  }

  @Test
  void whoComesInAPauseWaitsForItsEnd() throws Exception {
    start(CommandTable.normal().file("/x", "hello"));
    try (RawClient first = client();
        RawClient second = client()) {
      assertThat(first.ask("SIZE x")).startsWith("213");

      gateway.pause("ACME");

      assertThat(acme().lending()).isInstanceOf(Lending.Paused.class);
      assertThat(server.heard()).as("the idle one ends in order").contains("QUIT");
      second.say("SIZE x\r\n");
      GatewaySnapshot now = await("one waits", isAnyWaiting());
      assertThat(now.queue()).extracting(Turn::why).containsExactly("paused by the operator");
      try (RawClient third = client()) {
        assertThat(third.ask("PWD")).as("let in by memory").startsWith("257");
      }
      assertThat(server.heard().stream().filter("USER ann"::equals)).hasSize(1);

      gateway.resume("acme");

      second.expect("213");
      assertThat(acme().lending()).isInstanceOf(Lending.Usual.class);
      assertThat(acme().totals().waited()).isPositive();
    }
  }

  @Test
  void afterAReconnectCommandsGoOverANewConnection() throws Exception {
    start(CommandTable.normal().file("/x", "hello"));
    try (RawClient client = client()) {
      assertThat(client.ask("SIZE x")).startsWith("213");
      assertThat(server.heard().stream().filter("USER ann"::equals)).hasSize(1);

      gateway.reconnect("acme");

      assertThat(client.ask("SIZE x")).startsWith("213");
      assertThat(server.heard().stream().filter("USER ann"::equals)).hasSize(2);
      assertThat(client.ask("SIZE x")).startsWith("213");
      assertThat(server.heard().stream().filter("USER ann"::equals)).hasSize(2);
    }
  }

  @Test
  void whatIsCountedIsCountedOnce() throws Exception {
    start(CommandTable.normal().file("/x", "hello"));
    try (RawClient client = client()) {
      client.say("TYPE I\r\n").expect("200");
      assertThat(client.receive("RETR x")).hasSize(5);
      assertThat(client.ask("SIZE x")).startsWith("213");
    }
    try (RawClient wrong = RawClient.connect(address)) {
      wrong.expect("220");
      wrong.say("USER ann@acme\r\n").expect("331");
    }

    Totals totals = acme().totals();
    assertThat(totals.bytesDown()).isEqualTo(5);
    assertThat(totals.bytesUp()).isZero();
    assertThat(totals.leases()).isEqualTo(2);
    assertThat(totals.loginsAtServer()).isEqualTo(1);
    assertThat(totals.replays()).isZero();
  }

  @Test
  void anUpstreamThatIsNotThereCannotBePaused() throws Exception {
    start(CommandTable.normal());

    assertThatThrownBy(() -> gateway.pause("other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no upstream other");
  }
}
