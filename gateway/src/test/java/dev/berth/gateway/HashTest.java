package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.limits.LimitSettings;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Digests of files, of which each client chooses its own kind. */
@Timeout(60)
class HashTest {
  @Test
  void whatOneClientHasChosenIsNotLeftToTheNext() throws Exception {
    CommandTable table =
        CommandTable.normal()
            .reply("FEAT", "211-Features:\r\n HASH SHA-256*;MD5\r\n211 End\r\n")
            .reply("OPTS", "200 chosen\r\n")
            .reply("HASH", "213 it 0-5 abc x\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        GatewayStand stand =
            GatewayStand.start(
                new GatewaySettings.Usual.Upstream("acme"),
                UpstreamSettings.usual(
                    "acme",
                    GatewayStand.at(server.port()),
                    LimitSettings.standard().withConfigured(1)));
        RawClient one = stand.loggedIn("ann", "secret");
        RawClient other = stand.loggedIn("ann", "secret")) {
      assertThat(one.ask("FEAT")).contains(" HASH SHA-256*;MD5");
      assertThat(one.ask("OPTS HASH MD5")).isEqualTo("200 MD5");
      assertThat(one.ask("FEAT")).contains(" HASH SHA-256;MD5*");
      for (RawClient client : new RawClient[] {other, one, one, other}) {
        assertThat(client.ask("HASH x")).isEqualTo("213 it 0-5 abc x");
      }
      assertThat(server.heard().stream().filter(it -> it.contains("HASH")))
          .containsExactly(
              "HASH x", "OPTS HASH MD5", "HASH x", "HASH x", "OPTS HASH SHA-256", "HASH x");
    }
  }
}
