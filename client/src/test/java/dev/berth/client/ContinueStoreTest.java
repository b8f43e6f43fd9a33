package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.RemotePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rest of a file, stored behind what the server has, with servers of different ways. */
@Timeout(60)
class ContinueStoreTest {
  private static final RemotePath FILE = new RemotePath("/part");

  private static ReadableByteChannel channel(String text) {
    return Channels.newChannel(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static void goOn(FtpConnection connection, String rest) throws IOException {
    connection.continueStore(FILE, 5).run(channel(rest));
  }

  @Test
  void restAndStorPutTheRestBehindIt() throws IOException {
    CommandTable table = CommandTable.normal().file("/part", "hello");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      goOn(clients.connect(), " world");

      assertThat(table.files().get("/part")).asString().isEqualTo("hello world");
      assertThat(server.heard()).containsSubsequence("REST 5", "STOR /part");
      assertThat(server.heard()).doesNotContain("APPE /part");
    }
  }

  /** As ProFTPD does without AllowStoreRestart, but for APPE, which that refuses too. */
  @Test
  void whereStorIsRefusedAfterRestAppeIsTriedAndUsedFromThenOn() throws IOException {
    CommandTable table =
        CommandTable.normal()
            .file("/part", "hello")
            .reply("STOR", "451 part: Append/Restart not permitted, try again\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      goOn(connection, " wor");
      connection.continueStore(FILE, 9).run(channel("ld"));

      assertThat(table.files().get("/part")).asString().isEqualTo("hello world");
      assertThat(server.heard())
          .containsSubsequence("REST 5", "STOR /part", "REST 0", "APPE /part", "APPE /part");
      assertThat(server.heard()).doesNotContain("REST 9");
      assertThat(connection.canContinueStore()).isTrue();
    }
  }

  @Test
  void whereRestIsUnknownAppeIsTried() throws IOException {
    CommandTable table =
        CommandTable.normal().file("/part", "hello").reply("REST", "502 not implemented\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      goOn(clients.connect(), " world");

      assertThat(table.files().get("/part")).asString().isEqualTo("hello world");
    }
  }

  @Test
  void aServerThatRefusesBothIsNotAskedAgainAndTheConnectionStays() throws IOException {
    CommandTable table =
        CommandTable.normal()
            .file("/part", "hello")
            .reply("STOR", "451 part: Append/Restart not permitted, try again\r\n")
            .reply("APPE", "451 part: Append/Restart not permitted, try again\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> goOn(connection, " world"))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("APPE");
      assertThat(connection.canContinueStore()).isFalse();
      assertThat(connection.isReusable()).isTrue();
      assertThat(table.files().get("/part")).asString().isEqualTo("hello");
    }
  }

  /** The next file may be another matter. */
  @Test
  void whatIsRefusedOfOneFileIsNotRememberedByTheNextRun() throws IOException {
    CommandTable table =
        CommandTable.normal()
            .file("/part", "hello")
            .reply("STOR", "550 part: Permission denied\r\n")
            .reply("APPE", "550 part: Permission denied\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> goOn(connection, " world")).isInstanceOf(ReplyException.class);
      assertThat(connection.canContinueStore()).isFalse();
      assertThat(refusals(clients)).isEmpty();
    }
  }

  @Test
  void whatIsRefusedWhateverTheFileIsRememberedByTheNextRun() throws IOException {
    CommandTable table =
        CommandTable.normal()
            .file("/part", "hello")
            .reply("STOR", "451 part: Append/Restart not permitted, try again\r\n")
            .reply("APPE", "502 no\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> goOn(connection, " world")).isInstanceOf(ReplyException.class);
      assertThat(refusals(clients))
          .containsExactly(Trait.RESTARTED_STORE_REFUSED, Trait.APPEND_REFUSED);
    }
  }

  /** The file may be written then, so it was the way that was refused. */
  @Test
  void whereAppeDoesWhatStorMayNotThatIsRemembered() throws IOException {
    CommandTable table =
        CommandTable.normal().file("/part", "hello").reply("STOR", "550 Permission denied\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      goOn(clients.connect(), " world");

      assertThat(refusals(clients)).containsExactly(Trait.RESTARTED_STORE_REFUSED);
    }
  }

  private static List<Trait> refusals(Clients clients) {
    return clients.traits().remembered().findings().stream()
        .map(Finding::trait)
        .filter(it -> it == Trait.RESTARTED_STORE_REFUSED || it == Trait.APPEND_REFUSED)
        .toList();
  }

  @Test
  void aServerThatServesNobodyAnyMoreSaysNothingAboutItsWays() throws IOException {
    CommandTable table =
        CommandTable.normal()
            .file("/part", "hello")
            .reply("REST", "421 Service not available, closing control connection\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> goOn(connection, " world")).isInstanceOf(ReplyException.class);
      assertThat(connection.canContinueStore()).isTrue();
    }
  }
}
