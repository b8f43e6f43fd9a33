package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.ScriptedServer;
import dev.berth.testkit.ServerTls;
import dev.berth.transport.DataConnection;
import dev.berth.wire.Command;
import dev.berth.wire.ProtocolException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What moves data for one client of a gateway, and how the connection comes out of it. */
@Timeout(60)
class CarriageTest {
  private static final Command RETRIEVE = Command.of("RETR", "a.txt");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static CommandTable table() {
    return CommandTable.normal().file("/a.txt", "hello").file("/in/b.txt", "world");
  }

  private static String read(DataConnection data) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    StringBuilder text = new StringBuilder();
    while (data.read(buffer) >= 0) {
      text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
      buffer.clear();
    }
    return text.toString();
  }

  /** As the next client would get it. */
  private static String whole(Passage passage) throws IOException {
    Carriage carriage = passage.carry(RETRIEVE, 0);
    String text = read(carriage.data());
    carriage.complete();
    return text;
  }

  @Test
  void aDownloadBringsItsBytesAndBothWordsOfTheServer() throws IOException {
    CommandTable table =
        table()
            .answer(
                "RETR",
                (it, path) ->
                    it.say("150-to caf\u00e9\r\n150 5 bytes\r\n")
                        .sendData(bytes("hello"))
                        .say("226-all of caf\u00e9\r\n226 kept\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      Carriage carriage = connection.passage().carry(RETRIEVE, 0);
      assertThat(carriage.preliminary().bytes())
          .isEqualTo(bytes("150-to caf\u00e9\r\n150 5 bytes\r\n"));
      assertThat(connection.isReusable()).isFalse();
      assertThat(read(carriage.data())).isEqualTo("hello");
      assertThat(carriage.complete().bytes())
          .isEqualTo(bytes("226-all of caf\u00e9\r\n226 kept\r\n"));

      assertThat(connection.isReusable()).isTrue();
      assertThat(server.heard()).endsWith("EPSV", "RETR a.txt");
    }
  }

  @Test
  void aServerThatNeverSaysThatItBeginsIsSpokenFor() throws IOException {
    CommandTable table =
        table().answer("RETR", (it, path) -> it.say("226 sent\r\n").sendData(bytes("hello")));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      Carriage carriage = clients.connect().passage().carry(RETRIEVE, 0);

      assertThat(carriage.preliminary().code()).isEqualTo(150);
      assertThat(read(carriage.data())).isEqualTo("hello");
      assertThat(carriage.complete().text()).isEqualTo("sent");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOR", "APPE", "STOU"})
  void anUploadEndsInOrder(String verb) throws IOException {
    CommandTable table =
        table()
            .answer(
                verb,
                (it, path) -> {
                  it.say("150 FILE: c.1\r\n");
                  byte[] content = it.receiveData();
                  it.say("226 got " + content.length + "\r\n");
                });
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      Carriage carriage = connection.passage().carry(Command.of(verb, "c"), 0);
      carriage.data().write(ByteBuffer.wrap(bytes("upwards")));

      assertThat(carriage.preliminary().text()).isEqualTo("FILE: c.1");
      assertThat(carriage.complete().text()).isEqualTo("got 7");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void aRestartOffsetIsSaidRightBeforeTheFileAndNotBeforeAListing() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      Passage passage = clients.connect().passage();

      Carriage part = passage.carry(RETRIEVE, 3);
      assertThat(read(part.data())).isEqualTo("lo");
      part.complete();
      assertThat(server.heard()).endsWith("EPSV", "REST 3", "RETR a.txt");

      Carriage listing = passage.carry(Command.of("NLST"), 3);
      assertThat(read(listing.data())).isEqualTo("a.txt\r\nin\r\n");
      listing.complete();
      assertThat(server.heard()).endsWith("RETR a.txt", "EPSV", "NLST");
    }
  }

  @Test
  void aRestartOffsetThatWasNotUsedUpIsTakenBack() throws IOException {
    CommandTable table =
        table()
            .answer(
                "STOR", (it, path) -> it.say("150 go\r\n").resetData(bytes("")).say("426 cut\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      Passage passage = connection.passage();

      assertThatThrownBy(() -> passage.carry(Command.of("RETR", "none"), 3))
          .isInstanceOf(ReplyException.class)
          .hasMessageStartingWith("RETR none was answered 550");
      assertThat(server.heard()).endsWith("REST 3", "RETR none", "REST 0");
      assertThat(connection.isReusable()).isTrue();
      passage.carry(Command.of("STOR", "c"), 3).abort();
      assertThat(server.heard()).endsWith("STOR c", "NOOP", "REST 0");
      assertThat(connection.isReusable()).isTrue();

      assertThat(whole(passage)).isEqualTo("hello");
    }
  }

  /** Pure-FTPd would refuse every later upload with an offset for it. */
  @ParameterizedTest
  @CsvSource({"STOR, 3, false", "APPE, 3, false", "STOR, 0, true", "RETR, 3, true"})
  void aRefusedUploadWithAnOffsetIsLeftToNobody(String verb, long offset, boolean isReusable)
      throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table().reply(verb, "553 a folder\r\n"));
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> connection.passage().carry(Command.of(verb, "d"), offset))
          .isInstanceOf(ReplyException.class);

      assertThat(connection.isReusable()).isEqualTo(isReusable);
      assertThat(connection.mayGoOn()).isTrue();
    }
  }

  @Test
  void aRestartOffsetThatMayBeLeftIsLeftToNobody() throws IOException {
    CommandTable table =
        table()
            .answer(
                "REST", (it, offset) -> it.say(offset.equals("0") ? "501 no\r\n" : "350 ok\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> connection.passage().carry(Command.of("RETR", "none"), 3))
          .isInstanceOf(ReplyException.class);

      assertThat(connection.isReusable()).isFalse();
      assertThat(connection.isIntact()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"REST, 502 no", "EPSV, 425 no port"})
  void whatIsRefusedBeforeAnOffsetIsSetLeavesNone(String verb, String line) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table().reply(verb, line + "\r\n"));
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> connection.passage().carry(RETRIEVE, 3))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining(line);

      assertThat(server.heard()).doesNotContain("RETR a.txt", "REST 0");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  /** Pure-FTPd 1.0.50 has no other last word than how fast it was. */
  @ParameterizedTest
  @CsvSource({
    "ready, 426 as you like, true",
    "ready, 226 as you like, true",
    "ready, 150 0.006 seconds, false",
    "--------- Welcome to Pure-FTPd ----------, 150 0.006 seconds, true"
  })
  void anAbortedDownloadLeavesTheConnectionInOrderOrOutOfUse(
      String greeting, String line, boolean isInOrder) throws IOException {
    CommandTable table =
        table()
            .greeting("220 " + greeting + "\r\n")
            .answer(
                "RETR",
                (it, path) -> {
                  it.say("150 big\r\n");
                  sendWithoutEnd(it);
                  it.say(line + "\r\n");
                });
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      Carriage carriage = connection.passage().carry(RETRIEVE, 0);
      carriage.data().read(ByteBuffer.allocate(10));

      carriage.abort();
      carriage.abort();

      assertThat(connection.isReusable()).isEqualTo(isInOrder);
    }
  }

  /** Until nobody reads any more. */
  private static void sendWithoutEnd(Conversation conversation) throws IOException {
    byte[] piece = new byte[1 << 16];
    try (Socket data = conversation.accept()) {
      while (data.isConnected()) {
        data.getOutputStream().write(piece);
      }
    } catch (IOException reset) {
      assertThat(reset).hasMessageMatching("(?i).*(reset|broken pipe).*");
    }
  }

  @Test
  void aReadThatWaitsEndsWhenAnotherThreadCuts() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CommandTable table =
        table()
            .answer(
                "RETR",
                (it, path) -> {
                  it.say("150 soon\r\n").stallData(bytes("h"));
                  begun.countDown();
                })
            .answer("NOOP", (it, argument) -> it.say("200 ok\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      Carriage carriage = clients.connect().passage().carry(RETRIEVE, 0);
      Thread other =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  begun.await();
                  carriage.cut();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });

      assertThatThrownBy(() -> read(carriage.data())).hasMessageContaining("closed");
      other.join();
    }
  }

  @Test
  void whyTheDataConnectionBrokeOffIsToldInTheServersWords() throws IOException {
    CommandTable table =
        table()
            .answer(
                "RETR",
                (it, path) ->
                    it.say("150 here\r\n").resetData(bytes("hel")).say("451 disk error\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      Carriage carriage = connection.passage().carry(RETRIEVE, 0);

      assertThatThrownBy(
              () -> {
                try {
                  read(carriage.data());
                } catch (IOException e) {
                  throw carriage.brokenOff(e);
                }
              })
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("451 disk error");
      assertThat(connection.isReusable()).isTrue();
      assertThatThrownBy(carriage::complete).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aNegativeCompletionIsNoSuccess() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table().cutRetrieveAfter(3));
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      Carriage carriage = connection.passage().carry(RETRIEVE, 0);
      assertThat(read(carriage.data())).isEqualTo("hel");

      assertThatThrownBy(carriage::complete)
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("426 Connection closed");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RETR a.txt", "LIST"})
  void aDownloadThatWasCutInTlsIsNoSuccess(String line) throws IOException {
    CommandTable.Answer cut =
        (it, path) -> {
          Socket plain = it.accept();
          it.say("150 here\r\n");
          SSLSocket data = ServerTls.wrap(plain);
          data.getOutputStream().write(bytes("hel"));
          plain.shutdownOutput(); // no close_notify
          it.say("226 done\r\n");
        };
    CommandTable table =
        table()
            .answer("AUTH", (it, how) -> it.say("234 go\r\n").startTls())
            .reply("PBSZ", "200 ok\r\n")
            .reply("PROT", "200 ok\r\n")
            .answer("RETR", cut)
            .answer("LIST", cut);
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, TlsUse.REQUIRED, Clients.LONG, it -> it)) {
      FtpConnection connection = clients.connect();
      Carriage carriage = connection.passage().carry(new Command(line), 0);
      assertThat(read(carriage.data())).isEqualTo("hel");

      assertThatThrownBy(carriage::complete)
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("close_notify");
      assertThat(connection.isReusable()).isTrue();
      connection.abort();
    }
  }

  @Test
  void aConnectionThatCarriesDoesNothingElse() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      Passage passage = clients.connect().passage();
      Carriage carriage = passage.carry(RETRIEVE, 0);
      List<Command> others = List.of(Command.of("SIZE", "a.txt"), Command.of("NOOP"));

      assertThat(others)
          .allSatisfy(other ->
              assertThatThrownBy(() -> passage.pass(other))
                  .isInstanceOf(IllegalStateException.class));
      assertThatThrownBy(() -> passage.carry(RETRIEVE, 0))
          .isInstanceOf(IllegalStateException.class);

      assertThat(read(carriage.data())).isEqualTo("hello");
      carriage.complete();
      assertThat(whole(passage)).isEqualTo("hello");
      assertThatThrownBy(() -> passage.carry(Command.of("DELE", "a.txt"), 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
