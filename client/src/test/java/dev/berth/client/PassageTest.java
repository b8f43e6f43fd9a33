package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.Command;
import dev.berth.wire.NameCoding;
import dev.berth.wire.Octets;
import dev.berth.wire.ProtocolException;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one client of a gateway asks for, and what it leaves to the next. */
@Timeout(60)
class PassageTest {
  private static CommandTable table() {
    return CommandTable.normal().file("/a.txt", "hello").file("/in/b.txt", "world");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "213 5",
        "350 and now?",
        "450 not \u00fc just now",
        "550-no \u00ff\u00ff\u00e9\r\n 550 in between\r\n550 caf\u00e9",
        "250-Listing\r\n type=file;size=5; /caf\u00c3\u00a9\r\n250 End"
      })
  void aReplyIsReturnedByteForByteWhateverItSays(String words) throws IOException {
    // As Telnet has it, 255 goes twice over the wire.
    String wire = words.replace("\u00ff", "\u00ff\u00ff") + "\r\n";
    try (ScriptedServer server = ScriptedServer.start(table().reply("SITE", wire));
        Clients clients = Clients.of(server)) {
      Passage passage = clients.connect().passage();

      Reply reply = passage.pass(Command.of("SITE", "anything"));

      assertThat(new String(reply.bytes(), StandardCharsets.ISO_8859_1)).isIn(wire, words + "\r\n");
      assertThat(server.heard()).endsWith("SITE anything");
    }
  }

  /** What a client calls a file is not for us to understand. */
  @Test
  void namesGoByteForByteWhateverTheServersCharset() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table().reply("DELE", "250 gone\r\n"));
        Clients clients = Clients.of(server)) {
      clients.traits().writesNamesIn(NameCoding.of(StandardCharsets.ISO_8859_1));
      Passage passage = clients.connect().passage();

      passage.pass(Command.of("DELE", "caf\u00e9"));
      passage.pass(Command.of("DELE", Octets.escape(new byte[] {'c', 'a', 'f', (byte) 0xe9})));

      assertThat(server.heard()).endsWith("DELE caf\u00c3\u00a9", "DELE caf\u00e9");
    }
  }

  @Test
  void a421EndsTheConnection() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table().reply("DELE", "421 enough\r\n"));
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> connection.passage().pass(Command.of("DELE", "a")))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("421 enough");
      assertThat(connection.isReusable()).isFalse();
    }
  }

  @Test
  void aPreliminaryReplyToWhatMovesNothingEndsTheConnection() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table().reply("DELE", "150 soon\r\n"));
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> connection.passage().pass(Command.of("DELE", "a")))
          .hasMessageContaining("150 soon");
      assertThat(connection.isReusable()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RETR a", "MLSD", "REST 5", "TYPE A", "CWD a", "EPSV", "USER bob", "QUIT"})
  void whatChangesTheStateIsNotPassedOnBlindly(String line) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      Passage passage = clients.connect().passage();

      assertThatThrownBy(() -> passage.pass(new Command(line)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(server.heard()).doesNotContain(line);
    }
  }

  @Test
  void aFolderIsEnteredOnlyFromAnotherOne() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      Passage passage = clients.connect().passage();

      passage.enter("/");
      passage.enter("/in");
      passage.enter("/in");

      assertThat(server.heard()).endsWith("PWD", "CWD /in");
      assertThat(passage.folder()).isEqualTo("/in");
    }
  }

  /** As VMS writes it, in a charset that nobody knows. */
  @Test
  void theLoginFolderIsKnownAsTheServerWritesIt() throws IOException {
    CommandTable table = table().reply("PWD", "257 \"DISK:[caf\u00e9]\"\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      Passage passage = clients.connect().passage();

      assertThat(passage.folder())
          .isEqualTo(Octets.escape("DISK:[caf\u00e9]".getBytes(StandardCharsets.ISO_8859_1)));
      assertThat(server.heard()).containsOnlyOnce("PWD");
    }
  }

  @Test
  void afterARefusedChangeOfFolderTheNextOneIsMadeInAnyCase() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      Passage passage = connection.passage();

      assertThatThrownBy(() -> passage.enter("/none"))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("550");
      passage.enter("/");

      assertThat(server.heard()).endsWith("CWD /none", "CWD /");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void whereAClientHasGoneToTheServerIsAsked() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      Passage passage = clients.connect().passage();

      assertThat(passage.change(Command.of("CWD", "in")).code()).isEqualTo(250);
      assertThat(passage.folder()).isEqualTo("/in");
      assertThat(passage.change(Command.of("CWD", "none")).code()).isEqualTo(550);
      passage.enter("/in");
      assertThat(passage.change(Command.of("CDUP")).code()).isEqualTo(250);
      passage.enter("/");

      assertThat(server.heard()).endsWith("CWD in", "PWD", "CWD none", "CDUP", "CWD /");
      assertThatThrownBy(() -> passage.change(Command.of("DELE", "a")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aFolderThatNobodyCanEnterEndsTheConnection() throws IOException {
    CommandTable table = table().reply("CWD", "250 ok\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      table.reply("PWD", "257 \"" + "x".repeat(5000) + "\"\r\n");

      assertThatThrownBy(() -> connection.passage().askFolder())
          .isInstanceOf(ProtocolException.class);
      assertThat(connection.isReusable()).isFalse();
    }
  }

  @Test
  void theTypeIsSetOnlyWhereItDiffers() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      Passage passage = clients.connect().passage();

      passage.useType('I');
      passage.useType('A');
      passage.useType('A');
      passage.useType('I');

      assertThat(server.heard()).endsWith("PWD", "TYPE A", "TYPE I");
      assertThatThrownBy(() -> passage.useType('E')).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void afterARefusedTypeTheNextOneIsSetInAnyCase() throws IOException {
    CommandTable table =
        table()
            .answer(
                "TYPE", (it, type) -> it.say(type.equals("A") ? "504 no\r\n" : "200 image\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      Passage passage = clients.connect().passage();

      assertThatThrownBy(() -> passage.useType('A')).isInstanceOf(ReplyException.class);
      passage.useType('I');

      assertThat(server.heard()).endsWith("TYPE A", "TYPE I");
    }
  }

  /** Pure-FTPd would rename the file of whoever comes next. */
  @Test
  void aRenameThatIsHalfDoneIsLeftToNobody() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      Passage passage = connection.passage();

      passage.pass(Command.of("RNFR", "none"));
      assertThat(connection.isReusable()).isTrue();
      passage.pass(Command.of("RNFR", "a.txt"));
      assertThat(connection.isReusable()).isFalse();
      passage.askFolder();
      assertThat(connection.isReusable()).isFalse();
      passage.pass(Command.of("RNTO", "c.txt"));
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void afterAnotherHalfOfACommandNobodyKnowsWhatIsLeft() throws IOException {
    CommandTable table =
        table()
            .answer(
                "SITE", (it, what) -> it.say(what.startsWith("CPFR") ? "350 to?\r\n" : "250\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      connection.passage().pass(Command.of("SITE", "CPFR a"));
      connection.passage().pass(Command.of("SITE", "CPTO b"));

      assertThat(connection.isReusable()).isFalse();
      assertThat(connection.isIntact()).isTrue();
    }
  }

  @Test
  void whatIsPassedOnAndWhatIsHeardBesideKeepTheirOrder() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      Passage passage = connection.passage();

      passage.pass(Command.of("SIZE", "a.txt"));
      connection.keepAlive();
      assertThat(passage.pass(Command.of("SIZE", "in/b.txt")))
          .isEqualTo(new Reply(213, List.of("5")));

      assertThat(connection.isReusable()).isTrue();
    }
  }
}
