package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.Command;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command finds set, and what goes over the wire for it: in one packet where it may. */
@Timeout(60)
class SettingTest {
  private static final Command SIZE = Command.of("SIZE", "b.txt");
  private static final Command RETRIEVE = Command.of("RETR", "b.txt");

  private static CommandTable unknown() {
    return CommandTable.normal().file("/a.txt", "hello").file("/in/b.txt", "world!");
  }

  /** A server that greets as one of a family that takes commands ahead. */
  private static CommandTable known() {
    return unknown().greeting("220 (vsFTPd 3.0.3)\r\n");
  }

  private static Setting in(String folder) {
    return new Setting(Optional.of(folder), true, 'I', false);
  }

  private static Setting beforeTransfer(String folder) {
    return new Setting(Optional.of(folder), true, 'I', true);
  }

  /** Passive mode has worked on it. */
  private static Passage proven(Clients clients) throws IOException {
    Passage passage = clients.connect().passage();
    assertThat(whole(passage.carry(Command.of("RETR", "/a.txt"), 0))).isEqualTo("hello");
    return passage;
  }

  private static String whole(Carriage carriage) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(100);
    while (carriage.data().read(buffer) >= 0) {}
    carriage.complete();
    return StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString();
  }

  /** The server says nothing before it has heard all: who waited for it would wait for ever. */
  @Test
  void folderQuestionAndDataConnectionGoInOnePacket() throws IOException {
    CommandTable table = known();
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      Passage passage = proven(clients);
      table.answer(
          "CWD",
          (it, folder) ->
              it.expect("SIZE b.txt")
                  .expect("EPSV")
                  .say("250 in\r\n213 6\r\n")
                  .sayExtendedPassive());
      table.answer(
          "RETR", (it, name) -> it.say("150 now\r\n").sendData(new byte[] {'b'}).say("226 ok\r\n"));

      assertThat(passage.pass(SIZE, beforeTransfer("/in")).text()).isEqualTo("6");
      assertThat(whole(passage.carry(RETRIEVE, 0, in("/in")))).isEqualTo("b");

      assertThat(server.heard()).endsWith("CWD /in", "SIZE b.txt", "EPSV", "RETR b.txt");
    }
  }

  @Test
  void typeFolderAndDataConnectionOfATransferGoInOnePacket() throws IOException {
    CommandTable table = known();
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      Passage passage = proven(clients);
      passage.useType('A');
      table.answer(
          "TYPE",
          (it, type) ->
              it.expect("CWD /in")
                  .expect("EPSV")
                  .say("200 I\r\n250 in\r\n")
                  .sayExtendedPassive()
                  .expect("RETR b.txt")
                  .say("150 now\r\n")
                  .sendData(new byte[] {'b'})
                  .say("226 ok\r\n"));

      assertThat(whole(passage.carry(RETRIEVE, 0, in("/in")))).isEqualTo("b");
    }
  }

  @Test
  void aChangeOfFolderAndWhereItLedGoInOnePacket() throws IOException {
    CommandTable table = known();
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      Passage passage = clients.connect().passage();
      table.answer(
          "CWD",
          (it, folder) ->
              it.expect("CWD x").expect("PWD").say("250 a\r\n250 b\r\n257 \"/a/x\" it is\r\n"));

      assertThat(passage.change(Command.of("CWD", "x"), in("/a")).code()).isEqualTo(250);

      assertThat(passage.folder()).isEqualTo("/a/x");
      assertThat(server.heard()).endsWith("CWD /a", "CWD x", "PWD");
    }
  }

  @Test
  void aRefusedChangeLeavesTheConnectionWhereItWas() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(known());
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      Passage passage = connection.passage();

      assertThat(passage.change(Command.of("CWD", "none"), in("/in")).code()).isEqualTo(550);
      assertThat(passage.folder()).isEqualTo("/in");
      assertThat(passage.pass(SIZE, in("/in")).text()).isEqualTo("6");

      assertThat(server.heard()).endsWith("CWD /in", "CWD none", "PWD", "SIZE b.txt");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  /** It has acted in the folder before, on a server that takes all at once. */
  @Test
  void whatAnswersBehindARefusedFolderCountsForNothing() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(known());
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      Passage passage = connection.passage();
      passage.enter("/in");

      assertThatThrownBy(() -> passage.pass(SIZE, in("/none")))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("550");
      assertThatThrownBy(() -> passage.change(Command.of("CWD", "in"), in("/none")))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("550");

      assertThat(connection.isReusable()).isTrue();
      assertThat(passage.pass(SIZE, in("/in")).text()).isEqualTo("6");
      assertThat(server.heard()).endsWith("CWD /in", "SIZE b.txt");
    }
  }

  @Test
  void whatNeedsNoFolderIsAnsweredWhereItIs() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(known());
        Clients clients = Clients.of(server)) {
      Passage passage = clients.connect().passage();
      Setting any = new Setting(Optional.of("/none"), false, 'I', false);

      assertThat(passage.pass(Command.of("SIZE", "/in/b.txt"), any).text()).isEqualTo("6");
    }
  }

  /** In a wrong folder it would have deleted another file. */
  @ParameterizedTest
  @ValueSource(strings = {"DELE b.txt", "MDTM 20260101000000 b.txt", "RMD b.txt"})
  void whatChangesSomethingWaitsForItsFolder(String line) throws IOException {
    CommandTable table = known();
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      Passage passage = clients.connect().passage();

      assertThatThrownBy(() -> passage.pass(new Command(line), in("/none")))
          .isInstanceOf(ReplyException.class);

      assertThat(server.heard()).endsWith("CWD /none");
    }
  }

  @Test
  void aServerThatNobodyKnowsIsToldOneAfterTheOther() throws IOException {
    CommandTable table = unknown();
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      Passage passage = proven(clients);

      assertThatThrownBy(() -> passage.pass(SIZE, beforeTransfer("/none")))
          .isInstanceOf(ReplyException.class);
      assertThat(server.heard()).endsWith("CWD /none");
      assertThat(passage.pass(SIZE, beforeTransfer("/in")).text()).isEqualTo("6");
      assertThat(server.heard()).endsWith("CWD /none", "CWD /in", "SIZE b.txt");
      assertThat(passage.change(Command.of("CWD", "none"), in("/in")).code()).isEqualTo(550);
      assertThat(server.heard()).endsWith("SIZE b.txt", "CWD none");
    }
  }

  /** As a server does that closes at any other command what it has opened. */
  @Test
  void aPortThatIsClosedAgainIsAskedForAnew() throws IOException {
    CommandTable table = known();
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      Passage passage = proven(clients);
      table.answer("NOOP", (it, nothing) -> it.closePassive().say("200 ok\r\n"));
      passage.pass(SIZE, beforeTransfer("/in"));
      passage.pass(Command.of("NOOP"));

      assertThat(whole(passage.carry(RETRIEVE, 0, in("/in")))).isEqualTo("world!");

      assertThat(server.heard()).endsWith("SIZE b.txt", "EPSV", "NOOP", "EPSV", "RETR b.txt");
    }
  }

  /** What follows would be done wherever the connection is: that is no answer to a CWD or TYPE. */
  @ParameterizedTest
  @ValueSource(strings = {"CWD", "TYPE"})
  void aSettingThatIsNeitherMadeNorRefusedEndsTheConnection(String verb) throws IOException {
    CommandTable table = known();
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      table.reply(verb, "350 and then?\r\n");
      Setting setting = new Setting(Optional.of("/in"), true, 'A', false);

      assertThatThrownBy(() -> connection.passage().pass(Command.of("DELE", "b.txt"), setting))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("350");
      assertThat(server.heard()).doesNotContain("DELE b.txt");
      assertThat(connection.isReusable()).isFalse();
    }
  }

  @Test
  void aQuestionOfWhichTheSecondHalfIsAwaitedIsLeftToNobody() throws IOException {
    CommandTable table = known().reply("SIZE", "350 of what?\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThat(connection.passage().pass(SIZE, in("/in")).code()).isEqualTo(350);
      assertThat(connection.isReusable()).isFalse();
    }
  }

  @Test
  void anEndOfTheSessionEndsTheWait() throws IOException {
    CommandTable table = known().reply("CWD", "421 Timeout.\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> connection.passage().pass(SIZE, in("/in")))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("421");
      assertThat(connection.isReusable()).isFalse();
    }
  }

  @Test
  void thereAreTwoTypes() {
    assertThatThrownBy(() -> new Setting(Optional.empty(), true, 'E', false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
