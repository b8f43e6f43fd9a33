package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.limits.LimitSettings;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a client says before its login, and which server then hears of it: through whole sessions.
 */
@Timeout(120)
class DestinationTest {
  private static final int ROUNDS = 300;

  private ScriptedServer acme;
  private ScriptedServer other;
  private ScriptedServer unlisted;
  private GatewayStand stand;

  @BeforeEach
  void start() throws IOException {
    acme = ScriptedServer.start(CommandTable.normal());
    other = ScriptedServer.start(CommandTable.normal());
    unlisted = ScriptedServer.start(CommandTable.normal());
    GatewaySettings.Usual usual =
        new GatewaySettings.Usual.ByListener(
            Map.of("side", "other"), new GatewaySettings.Usual.Upstream("acme"));
    stand = GatewayStand.start(usual, upstream("acme", acme), upstream("other", other));
  }

  private static UpstreamSettings upstream(String name, ScriptedServer server) {
    return UpstreamSettings.usual(
        name, GatewayStand.at(server.port()), LimitSettings.standard().withConfigured(4));
  }

  @AfterEach
  void close() throws IOException {
    stand.close();
    acme.close();
    other.close();
    unlisted.close();
  }

  private String filled(String text) {
    return text.replace("OTHER", "127.0.0.1:" + other.port())
        .replace("UNLISTED", "127.0.0.1:" + unlisted.port())
        .replace("PORT", Integer.toString(other.port()));
  }

  private static List<String> users(ScriptedServer server) {
    return server.heard().stream().filter(it -> it.startsWith("USER ")).toList();
  }

  /** Who heard of whom: {@code acme: USER ann}. */
  private String heard() {
    assertThat(unlisted.conversations()).isEmpty();
    if (!users(acme).isEmpty()) {
      assertThat(users(other)).isEmpty();
      return "acme: " + String.join(",", users(acme));
    }
    return users(other).isEmpty() ? "nobody" : "other: " + String.join(",", users(other));
  }

  /** Several commands stand apart by a slash. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | USER ann                                   | 331             | acme: USER ann
          1 | USER ann                                   | 331             | other: USER ann
          0 | USER ann@other                             | 331             | other: USER ann
          0 | USER ann@mail.test@other                   | 331             | other: USER ann@mail.test
          0 | USER ann@mail.test                         | 331             | acme: USER ann@mail.test
          0 | USER ann@OTHER                             | 331             | other: USER ann
          0 | USER ann@127.0.0.1 PORT                    | 331             | other: USER ann
          1 | USER ann@acme                              | 331             | acme: USER ann
          0 | OPEN other/USER ann                        | 220/331         | other: USER ann
          0 | open Other/USER ann                        | 220/331         | other: USER ann
          0 | OPEN OTHER/USER ann                        | 220/331         | other: USER ann
          0 | OPEN 127.0.0.1 PORT/USER ann               | 220/331         | other: USER ann
          0 | SITE other/USER ann                        | 200/331         | other: USER ann
          0 | SITE OTHER/USER ann                        | 200/331         | other: USER ann
          0 | HOST other/USER ann                        | 220/331         | other: USER ann
          1 | OPEN acme/USER ann                         | 220/331         | acme: USER ann
          0 | OPEN other/USER ann@acme                   | 220/331         | acme: USER ann
          0 | OPEN acme/OPEN other/USER ann              | 220/220/331     | other: USER ann
          0 | OPEN UNLISTED/OPEN other/USER ann          | 504/220/331     | other: USER ann
          0 | OPEN other/REIN/USER ann                   | 220/220/331     | acme: USER ann
          0 | OPEN/USER ann                              | 501/331         | acme: USER ann
          0 | SITE/USER ann                              | 501/331         | acme: USER ann
          0 | USER ann/OPEN other                        | 331/503         | acme: USER ann
          0 | USER ann/SITE other                        | 331/503         | acme: USER ann
          """)
  void whatIsNamedBeforeTheLoginLeadsThere(int listener, String commands, String codes, String way)
      throws Exception {
    try (RawClient client = stand.client(listener)) {
      String[] expected = codes.split("/", -1);
      String[] lines = filled(commands).split("/", -1);
      for (int i = 0; i < lines.length; i++) {
        assertThat(client.ask(lines[i])).as(lines[i]).startsWith(expected[i]);
      }
      client.say("PASS secret\r\n").expect("230");
      assertThat(heard()).isEqualTo(way);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN UNLISTED", "SITE UNLISTED", "HOST UNLISTED", "OPEN evil.test", "SITE evil.test",
    "OPEN 127.0.0.1", "OPEN other:0", "OPEN other.evil.test", "SITE CHMOD 644 x", "OPEN ann@other",
  })
  void whoNamesAnotherHostShowsNobodyThePassword(String command) throws Exception {
    try (RawClient client = stand.client(0)) {
      assertThat(client.ask(filled(command))).startsWith("504 ");
      client.say("USER ann\r\n").expect("331");
      client.say("PASS secret\r\n").expect("530");
      assertThat(heard()).isEqualTo("nobody");
    }
  }

  @Test
  void whoLogsInAgainIsStillWhereItWanted() throws Exception {
    try (RawClient client = stand.client(0)) {
      client.say("OPEN other\r\n").expect("220");
      client.logIn("ann", "secret");
      assertThat(client.ask("OPEN acme")).startsWith("503 ");
      client.logIn("bob", "secret");
      assertThat(heard()).isEqualTo("other: USER ann,USER bob");
    }
  }

  /** Whatever is said, no other connection is made than to those in the settings. */
  @Test
  void noWordsLeadToAHostThatIsNotListed() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int reached = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String host = host(random);
      try (RawClient client = stand.client(random.nextInt(2))) {
        String line =
            switch (random.nextInt(4)) {
              case 0 -> "OPEN " + host;
              case 1 -> "SITE " + host;
              case 2 -> "HOST " + host;
              default -> "NOOP";
            };
        String answer = client.ask(line);
        String user = random.nextBoolean() ? "ann" : "ann@" + host(random);
        client.say("USER " + user + "\r\n").expect("331");
        String outcome = client.ask("PASS secret");
        String shown = line + " / " + user + " (seed " + seed + "): " + answer + " / " + outcome;
        assertThat(outcome).as(shown).matches("(?s)(230|530) .*");
        reached += outcome.startsWith("230") ? 1 : 0;
        assertThat(unlisted.conversations()).as(shown).isEmpty();
        if (answer.startsWith("504") && user.equals("ann")) {
          assertThat(outcome).as(shown).startsWith("530");
        }
      }
    }
    assertThat(reached).as("seed %d", seed).isBetween(1, ROUNDS - 1);
  }

  private String host(Random random) {
    List<String> parts =
        List.of(
            "acme",
            "other",
            "127.0.0.1",
            "localhost",
            "[::1]",
            "evil.test",
            "@",
            ":",
            " ",
            "%00",
            "ftp://",
            "/",
            "\t",
            "\u00e9",
            "..",
            Integer.toString(unlisted.port()),
            Integer.toString(other.port()),
            "UNLISTED",
            "OTHER");
    StringBuilder host = new StringBuilder();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      host.append(parts.get(random.nextInt(parts.size())));
    }
    return filled(host.toString());
  }
}
