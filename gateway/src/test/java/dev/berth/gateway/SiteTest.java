package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.limits.LimitSettings;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients that share connections do with SITE, and that nobody else notices. */
@Timeout(60)
class SiteTest {
  /** What was made: a mask and a name. */
  private final List<String> made = new CopyOnWriteArrayList<>();

  private static GatewayStand before(ScriptedServer server, int limit, ClientSettings.Site site)
      throws IOException {
    UpstreamSettings acme =
        UpstreamSettings.usual(
                "acme",
                GatewayStand.at(server.port()),
                LimitSettings.standard().withConfigured(limit))
            .with(new ClientSettings(new Logins.PassThrough(), site));
    return GatewayStand.start(new GatewaySettings.Usual.Upstream("acme"), acme);
  }

  /** In the words of vsftpd 3.0.3. */
  private CommandTable withMasks() {
    Map<Conversation, String> masks = new ConcurrentHashMap<>();
    return CommandTable.normal()
        .file("/x", "hello")
        .answer(
            "SITE",
            (it, argument) -> {
              String mask = argument.substring("UMASK".length()).strip();
              if (mask.isEmpty()) {
                it.say("200 Your current UMASK is " + masks.getOrDefault(it, "077") + "\r\n");
              } else {
                masks.put(it, mask);
                it.say("200 UMASK set to 0" + mask + "\r\n");
              }
            })
        .answer(
            "MKD",
            (it, name) -> {
              made.add(masks.getOrDefault(it, "077") + " " + name);
              it.say("257 \"/" + name + "\" made\r\n");
            });
  }

  private static long conversationsWith(ScriptedServer server, String line) {
    return server.conversations().stream().filter(it -> it.heard().contains(line)).count();
  }

  @Test
  void aMaskIsOfWhoHasSetItOverOneConnectionForAll() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(withMasks());
        GatewayStand stand = before(server, 1, ClientSettings.Site.REFUSE);
        RawClient ann = stand.loggedIn("ann", "secret");
        RawClient bob = stand.loggedIn("ann", "secret")) {
      assertThat(ann.ask("SITE UMASK 027")).isEqualTo("200 UMASK set to 0027");
      ann.say("MKD a\r\n").expect("257");
      bob.say("MKD b\r\n").expect("257");
      assertThat(ann.ask("site  umask")).isEqualTo("200 Your current UMASK is 027");
      assertThat(bob.ask("SITE UMASK")).isEqualTo("200 Your current UMASK is 077");
      ann.say("MKD c\r\n").expect("257");
      bob.say("SITE UMASK 0002\r\n").expect("200");
      bob.say("MKD d\r\n").expect("257");
      ann.say("MKD e\r\n").expect("257");

      assertThat(made).containsExactly("027 a", "077 b", "027 c", "0002 d", "027 e");
      assertThat(server.conversations()).hasSize(1);
      assertThat(ann.ask("SITE UMASK 9")).startsWith("501 ");
    }
  }

  @Test
  void aMaskThatCouldNotBeTakenBackIsNotSet() throws Exception {
    CommandTable table = CommandTable.normal().reply("SITE", "200 done\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        GatewayStand stand = before(server, 1, ClientSettings.Site.REFUSE);
        RawClient client = stand.loggedIn("ann", "secret")) {
      assertThat(client.ask("SITE UMASK 000")).startsWith("504 The server tells no mask");
      assertThat(server.heard()).doesNotContain("SITE UMASK 000");
    }
  }

  @Test
  void whereItPinsAMaskThatCouldNotBeTakenBackGoesWithItsConnection() throws Exception {
    CommandTable table = CommandTable.normal().reply("SITE", "200 done\r\n").file("/x", "hello");
    try (ScriptedServer server = ScriptedServer.start(table);
        GatewayStand stand = before(server, 1, ClientSettings.Site.PIN)) {
      try (RawClient client = stand.loggedIn("ann", "secret")) {
        assertThat(client.ask("SITE UMASK 000")).isEqualTo("200 done");
        client.say("QUIT\r\n").expect("221");
      }
      try (RawClient next = stand.loggedIn("ann", "secret")) {
        assertThat(next.ask("SIZE x")).isEqualTo("213 5");
      }
      assertThat(server.conversations()).hasSize(2);
    }
  }

  @Test
  void anUnknownCommandPinsTheConnectionToItsClientUpToItsEnd() throws Exception {
    CommandTable table =
        CommandTable.normal()
            .file("/dir/x", "hello")
            .answer(
                "SITE",
                (it, argument) ->
                    it.say(argument.startsWith("CPFR") ? "350 to?\r\n" : "250 copied\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        GatewayStand stand = before(server, 2, ClientSettings.Site.PIN)) {
      try (RawClient ann = stand.loggedIn("ann", "secret");
          RawClient bob = stand.loggedIn("ann", "secret")) {
        ann.say("CWD dir\r\n").expect("250");
        ann.say("SITE CPFR x\r\n").expect("350");
        assertThat(bob.ask("SIZE dir/x")).isEqualTo("213 5");
        ann.say("SITE CPTO y\r\n").expect("250");
        assertThat(ann.ask("SIZE x")).isEqualTo("213 5");
        ann.say("QUIT\r\n").expect("221");
      }
      try (RawClient next = stand.loggedIn("ann", "secret")) {
        assertThat(next.ask("SIZE dir/x")).isEqualTo("213 5");
      }
      List<String> pinned =
          server.conversations().stream()
              .map(Conversation::heard)
              .filter(it -> it.contains("SITE CPFR x"))
              .findFirst()
              .orElseThrow();
      assertThat(pinned).containsSubsequence("SITE CPFR x", "SITE CPTO y", "SIZE x", "QUIT");
      assertThat(pinned.get(pinned.indexOf("SITE CPFR x") + 1)).isEqualTo("SITE CPTO y");
      assertThat(pinned).as("others").doesNotContain("SIZE dir/x");
      assertThat(conversationsWith(server, "SITE CPFR x")).isEqualTo(1);
    }
  }

  /** On another connection it would be as if the client had set nothing. */
  @Test
  void whoLosesItsPinnedConnectionHasToLogInAgain() throws Exception {
    CommandTable table =
        CommandTable.normal()
            .file("/x", "hello")
            .reply("SITE", "200 done\r\n")
            .answer("DELE", (it, name) -> it.close());
    try (ScriptedServer server = ScriptedServer.start(table);
        GatewayStand stand = before(server, 2, ClientSettings.Site.PIN);
        RawClient client = stand.loggedIn("ann", "secret")) {
      client.say("SITE ROOT x\r\n").expect("200");
      client.say("DELE x\r\n").expect("451");
      for (int i = 0; i < 2; i++) {
        assertThat(client.ask("SIZE x"))
            .isEqualTo(
                "451 The connection to acme was lost, and what was set on it with it: log in"
                    + " again.");
      }
      client.logIn("ann", "secret");
      assertThat(client.ask("SIZE x")).isEqualTo("213 5");
      server.allowFailures();
    }
  }

  @Test
  void theServersClockIsNoMatterOfClients() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(CommandTable.normal());
        GatewayStand stand = before(server, 1, ClientSettings.Site.PIN);
        RawClient client = stand.loggedIn("ann", "secret")) {
      assertThat(client.ask("SITE IDLE 9")).startsWith("202 ");
      assertThat(server.heard()).noneMatch(line -> line.startsWith("SITE"));
    }
  }
}
