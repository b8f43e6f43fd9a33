package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.ConnectSettings;
import dev.berth.limits.LimitSettings;
import dev.berth.testkit.Await;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that move nothing while others wait for their connection, and servers that are gone. */
@Timeout(60)
class GivingWayTest {
  private static final int LARGE = 32 << 20;
  private static final String ENDED = "426 Ended: nothing has moved for some time, and others wait";

  /** One who waits is patient for 3 s then. */
  private static final Duration WAIT = Duration.ofSeconds(6);

  private static GatewayStand before(ScriptedServer server) throws IOException {
    ConnectSettings connect = GatewayStand.at(server.port());
    UpstreamSettings acme =
        UpstreamSettings.usual("acme", connect, LimitSettings.standard().withConfigured(1))
            .with(
                new Spooling(
                    Spooling.What.OFF,
                    new Spooling.Place.Usual(),
                    Spooling.MOST_BYTES,
                    Spooling.ROOM_BYTES,
                    Spooling.ALARM));
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

  private static CommandTable table() {
    return CommandTable.normal()
        .file("/x", "hello")
        .file("/large", new byte[LARGE])
        .answer(
            "STOR",
            (it, name) -> {
              it.say("150 go on\r\n").receiveData();
              it.say("226 done\r\n");
            });
  }

  /** Somebody who gets in time what is held by who stalls. */
  private static void serveAnother(GatewayStand stand) throws IOException {
    try (RawClient other = stand.loggedIn("ann", "secret")) {
      assertThat(other.receive("RETR x")).asString().isEqualTo("hello");
    }
  }

  @Test
  void anUploadThatStallsGivesWay() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        GatewayStand stand = before(server);
        RawClient client = stand.loggedIn("ann", "secret");
        Socket data = client.passive()) {
      client.say("STOR y\r\n").expect("150");
      data.getOutputStream().write(1);
      serveAnother(stand);
      client.expect(ENDED);
      assertThat(stand.gateway().snapshot().upstreams().getFirst().totals().gaveWay()).isEqualTo(1);
      assertThat(client.send("STOR y", new byte[10])).startsWith("226");
      server.allowFailures();
    }
  }

  @Test
  void aDownloadThatNobodyReadsGivesWay() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        GatewayStand stand = before(server);
        RawClient client = stand.loggedIn("ann", "secret");
        Socket data = client.passive()) {
      client.say("RETR large\r\n").expect("150");
      serveAnother(stand);
      client.expect(ENDED);
      RawClient.awaitEnd(data);
      server.allowFailures();
    }
  }

  @Test
  void whoNeverOpensItsDataConnectionGivesWay() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        GatewayStand stand = before(server);
        RawClient client = stand.loggedIn("ann", "secret")) {
      client.say("EPSV\r\n").expect("229");
      client.say("RETR large\r\n");
      Await.until(GatewayStand.LONG, "it is begun", () -> server.heard().contains("RETR large"));
      serveAnother(stand);
      client.expect("425 Ended: nothing has moved");
      server.allowFailures();
    }
  }

  /** What the client has to send is not needed to see that. */
  @Test
  void theServersWordIsHeardWhileAnUploadStalls() throws Exception {
    CountDownLatch isFull = new CountDownLatch(1);
    CommandTable table =
        table()
            .answer(
                "STOR",
                (it, name) -> {
                  it.say("150 go on\r\n");
                  Socket data = it.accept();
                  data.getInputStream().read();
                  it.say("452 The disk is full.\r\n");
                  data.close();
                  isFull.countDown();
                });
    try (ScriptedServer server = ScriptedServer.start(table);
        GatewayStand stand = before(server);
        RawClient client = stand.loggedIn("ann", "secret");
        Socket data = client.passive()) {
      client.say("STOR y\r\n").expect("150");
      data.getOutputStream().write(1);
      isFull.await();
      client.expect("452 The disk is full.");
      assertThat(client.ask("SIZE x")).isEqualTo("213 5");
    }
  }

  @Test
  void theServersEndIsSeenWhileAnUploadStalls() throws Exception {
    CommandTable table =
        table()
            .answer(
                "STOR",
                (it, name) -> {
                  it.say("150 go on\r\n");
                  try (Socket data = it.accept()) {
                    data.getInputStream().read();
                  }
                  it.close();
                });
    try (ScriptedServer server = ScriptedServer.start(table);
        GatewayStand stand = before(server);
        RawClient client = stand.loggedIn("ann", "secret");
        Socket data = client.passive()) {
      client.say("STOR y\r\n").expect("150");
      data.getOutputStream().write(1);
      client.expect("451 The connection to acme was lost");
      assertThat(server.conversations()).map(Conversation::number).hasSize(1);
      server.allowFailures();
    }
  }
}
