package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Times and permissions, on servers that have one command for it, or none. */
@Timeout(60)
class AttributesTest {
  private static final RemotePath FILE = new RemotePath("/a b.txt");
  private static final Instant TIME = Instant.parse("2024-03-04T05:06:07.9Z");

  /** What the server heard of one file, twice. */
  private static List<String> heard(CommandTable table, boolean... isSet) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table.file("/a b.txt", "a"));
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      int before = server.heard().size();
      for (boolean expected : isSet) {
        assertThat(connection.attributes().setModified(FILE, TIME)).isEqualTo(expected);
      }
      return server.heard().subList(before, server.heard().size());
    }
  }

  private static CommandTable features(String... lines) {
    return CommandTable.normal()
        .reply("FEAT", "211-x\r\n " + String.join("\r\n ", lines) + "\r\n211 x\r\n");
  }

  @Test
  void theProperCommandIsSaidWhereItIsListed() throws IOException {
    assertThat(heard(features("MFMT").reply("MFMT", "213 ok\r\n"), true, true))
        .containsExactly("MFMT 20240304050607 /a b.txt", "MFMT 20240304050607 /a b.txt");
  }

  @Test
  void aServerWithNoCommandIsAskedForItsSiteCommandsOnce() throws IOException {
    assertThat(heard(features("SIZE").reply("SITE", "500 unknown\r\n"), false, false))
        .containsExactly("SITE HELP");
  }

  @Test
  void aCommandThatIsListedAndUnknownIsSaidOnce() throws IOException {
    assertThat(heard(features("MFMT").reply("MFMT", "502 no\r\n"), false, false))
        .containsExactly("MFMT 20240304050607 /a b.txt", "SITE HELP");
  }

  @Test
  void aCommandThatFilesAreRefusedByIsGivenUpAfterThree() throws IOException {
    List<String> said =
        heard(features("MFMT").reply("MFMT", "550 not yours\r\n"), false, false, false, false);

    assertThat(said).filteredOn(line -> line.startsWith("MFMT")).hasSize(3);
  }

  @Test
  void vsftpdTakesTheTimeBeforeTheNameAndIsAskedOnceIfItMeantIt() throws IOException {
    CommandTable table =
        features("MDTM", "SIZE")
            .greeting("220 (vsFTPd 3.0.3)\r\n")
            .answer(
                "MDTM",
                (it, argument) ->
                    it.say(
                        argument.startsWith("/")
                            ? "213 20240304050607\r\n"
                            : "213 File modification time set.\r\n"));

    assertThat(heard(table, true, true))
        .containsExactly(
            "MDTM 20240304050607 /a b.txt", "MDTM /a b.txt", "MDTM 20240304050607 /a b.txt");
  }

  @Test
  void aServerThatSaysYesAndDoesNothingIsNotBelieved() throws IOException {
    CommandTable table =
        features("MDTM YYYYMMDDHHMMSS[+-TZ];filename")
            .reply("MDTM", "213 20260101000000\r\n")
            .reply("SITE", "500 unknown\r\n");

    assertThat(heard(table, false, false))
        .filteredOn(line -> line.startsWith("MDTM 2024"))
        .hasSize(1);
  }

  @Test
  void bothOrdersOfUtimeAreTriedAndTheOneThatWorkedIsKept() throws IOException {
    CommandTable table =
        features("SITE UTIME")
            .reply("MDTM", "213 20240304050607\r\n")
            .answer(
                "SITE",
                (it, argument) ->
                    it.say(
                        argument.equals("UTIME 20240304050607 /a b.txt")
                            ? "200 ok\r\n"
                            : "501 no\r\n"));

    assertThat(heard(table, true, true))
        .containsExactly(
            "SITE UTIME /a b.txt 20240304050607 20240304050607 20240304050607 UTC",
            "SITE UTIME 20240304050607 /a b.txt",
            "MDTM /a b.txt",
            "SITE UTIME 20240304050607 /a b.txt");
  }

  @Test
  void permissionsThatTheServerKnowsNothingOfAreSaidOnce() throws IOException {
    CommandTable table = CommandTable.normal().reply("SITE", "500 unknown\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      Attributes attributes = clients.connect().attributes();

      assertThat(attributes.setPermissions(FILE, 0640)).isFalse();
      assertThat(attributes.setPermissions(FILE, 0640)).isFalse();
      assertThat(server.heard())
          .filteredOn(line -> line.startsWith("SITE"))
          .containsExactly("SITE CHMOD 640 /a b.txt");
    }
  }
}
