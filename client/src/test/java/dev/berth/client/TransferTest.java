package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.Await;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.ProtocolException;
import dev.berth.wire.RemotePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One file there and back, with servers that do not do as they should. */
@Timeout(60)
class TransferTest {
  private static final RemotePath A = new RemotePath("/a.txt");
  private static final RemotePath B = new RemotePath("/b.txt");
  private static final byte[] HELLO = bytes("hello");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static CommandTable table() {
    return CommandTable.normal().file("/a.txt", "hello").file("/b.txt", "world");
  }

  private static String get(FtpConnection connection, RemotePath file, long offset)
      throws IOException {
    return Clients.run(connection.beginRetrieve(file, offset));
  }

  private static long put(FtpConnection connection, String text) throws IOException {
    return connection
        .beginStore(new RemotePath("/up.txt"))
        .run(Channels.newChannel(new ByteArrayInputStream(bytes(text))));
  }

  @Test
  void aFileComesWholeAndFromAnOffset() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThat(get(connection, A, 0)).isEqualTo("hello");
      assertThat(get(connection, A, 3)).isEqualTo("lo");
      assertThat(get(connection, B, 0)).isEqualTo("world");
      assertThat(connection.isReusable()).isTrue();
      assertThat(server.heard()).containsSubsequence("EPSV", "REST 3", "RETR /a.txt");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"500 unknown", "502 not implemented", "522 protocol not supported, use (1)"})
  void extendedPassiveRefusedMeansPassiveFromThenOn(String line) throws IOException {
    CommandTable table = table().reply("EPSV", line + "\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThat(get(connection, A, 0)).isEqualTo("hello");
      assertThat(get(connection, B, 0)).isEqualTo("world");
      assertThat(server.heard()).filteredOn("EPSV"::equals).hasSize(1);
      assertThat(server.heard()).filteredOn("PASV"::equals).hasSize(2);
    }
  }

  @Test
  void theAddressInA227IsNeverConnectedTo() throws IOException {
    CommandTable table =
        table()
            .reply("EPSV", "500 unknown\r\n")
            .answer("PASV", (it, argument) -> it.sayPassive("192,0,2,7"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      assertThat(get(clients.connect(), A, 0)).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"229 go ahead", "229 (|||0|)", "229 (|||70000|)", "229 (|||21", "200 why not"})
  void aGarbled229EndsTheConnection(String line) throws IOException {
    CommandTable table = table().reply("EPSV", line + "\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> get(connection, A, 0)).isInstanceOf(IOException.class);
      assertThat(connection.isIntact()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"227 somewhere", "227 (127,0,0,1,0,0)", "227 (1,2,3,4,256,1)"})
  void aGarbled227EndsTheConnection(String line) throws IOException {
    CommandTable table = table().reply("EPSV", "500 unknown\r\n").reply("PASV", line + "\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> get(connection, A, 0)).isInstanceOf(ProtocolException.class);
      assertThat(connection.isIntact()).isFalse();
    }
  }

  @Test
  void aPortOfNobodyEndsTheConnectionAndPassiveIsTriedNext() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    CommandTable table = table().reply("EPSV", "229 (|||" + port + "|)\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection first = clients.connect();
      assertThatThrownBy(() -> get(first, A, 0)).hasMessageContaining("refused");
      assertThat(first.isIntact()).isFalse();

      assertThat(get(clients.connect(), A, 0)).isEqualTo("hello");
    }
  }

  @Test
  void aDataConnectionThatNeverSendsEnds() throws IOException {
    CommandTable table =
        table().answer("RETR", (it, path) -> it.say("150 soon\r\n").stallData(new byte[0]).stall());
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.impatient(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> get(connection, A, 0)).hasMessageContaining("timed out");
      assertThat(connection.isIntact()).isFalse();
    }
  }

  @Test
  void aDataConnectionThatIsNeverAcceptedEnds() throws IOException {
    CommandTable table = table().answer("RETR", (it, path) -> it.say("150 soon\r\n").stall());
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.impatient(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> get(connection, A, 0)).hasMessageContaining("timed out");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"425 cannot open", "450 busy", "550 no such file", "553 name not allowed"})
  void aRefusedTransferLeavesTheConnectionInOrder(String line) throws IOException {
    CommandTable table =
        table().reply("RETR", line + "\r\n").answer("NOOP", (it, argument) -> it.say("200 ok\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> get(connection, A, 0))
          .isInstanceOf(ReplyException.class)
          .hasMessage("RETR /a.txt was answered " + line);
      assertThat(connection.isReusable()).isTrue();
      connection.verify();
    }
  }

  @Test
  void dataCutWithAReplyIsToldInItsWords() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table().cutRetrieveAfter(3));
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> get(connection, A, 0)).hasMessageContaining("426 Connection closed");
      assertThat(connection.isReusable()).isTrue();
      connection.verify();
    }
  }

  @Test
  void dataThatWasResetIsToldInTheServersWordsAndTheConnectionGoesOn() throws IOException {
    CommandTable table =
        table()
            .answer(
                "RETR",
                (it, path) ->
                    it.say("150 here\r\n").resetData(bytes("hel")).say("426 network\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> get(connection, A, 0))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("426 network");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void aBrokenTransferThatIsAnsweredTwiceEndsTheConnection() throws IOException {
    CommandTable table =
        table()
            .answer(
                "RETR",
                (it, path) ->
                    it.say("150 here\r\n")
                        .resetData(bytes("hel"))
                        .say("426 network\r\n226 aborted\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> get(connection, A, 0)).hasMessageContaining("426 network");
      assertThat(connection.isIntact()).isFalse();
    }
  }

  @Test
  void aCompletionBeforeTheDataIsReadLosesNothing() throws IOException {
    CommandTable table =
        table()
            .answer(
                "RETR",
                (it, path) -> it.say("150 here\r\n226 all sent\r\n").sendData(bytes("hello")));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThat(get(connection, A, 0)).isEqualTo("hello");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void aCompletionWithoutAPreliminaryReplyLosesNothing() throws IOException {
    CommandTable table =
        table().answer("RETR", (it, path) -> it.say("226 sent\r\n").sendData(bytes("hello")));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThat(get(connection, A, 0)).isEqualTo("hello");
      assertThat(get(connection, A, 0)).isEqualTo("hello");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void aRefusedRestartMovesNothing() throws IOException {
    CommandTable table = table().reply("REST", "502 no\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> get(connection, A, 3)).hasMessage("REST 3 was answered 502 no");
      assertThat(server.heard()).noneMatch(it -> it.startsWith("RETR"));
      assertThat(get(connection, A, 0)).isEqualTo("hello");
    }
  }

  @Test
  void aBigFileComesWholeAndACutOneUpToTheCut() throws IOException {
    byte[] big = new byte[9 * 1024 * 1024];
    new Random(1).nextBytes(big);
    int cut = big.length - 1000;
    try (ScriptedServer whole = ScriptedServer.start(table().file("/big", big));
        ScriptedServer cutting =
            ScriptedServer.start(table().file("/big", big).cutRetrieveAfter(cut));
        Clients clients = Clients.of(whole);
        Clients unlucky = Clients.of(cutting)) {
      RemotePath file = new RemotePath("/big");
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      clients.connect().beginRetrieve(file, 0).run(Channels.newChannel(got));
      assertThat(got.toByteArray()).isEqualTo(big);

      got.reset();
      Retrieval broken = unlucky.connect().beginRetrieve(file, 0);
      assertThatThrownBy(() -> broken.run(Channels.newChannel(got)))
          .isInstanceOf(ReplyException.class);
      assertThat(got.toByteArray()).isEqualTo(Arrays.copyOf(big, cut));
    }
  }

  @Test
  void aTargetThatFailsIsNotTheServersFaultAndCostsNoConnection() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> connection.beginRetrieve(A, 0).run(Clients.FULL))
          .isInstanceOf(LocalException.class)
          .hasMessage("No space left on device");
      assertThat(connection.isReusable()).isTrue();
      assertThat(Clients.run(connection.beginRetrieve(A, 0))).isEqualTo("hello");
    }
  }

  @Test
  void afterATargetThatFailsAServerOutOfOrderIsUsedNoMore() throws IOException {
    CommandTable table =
        table()
            .answer(
                "RETR",
                (it, path) ->
                    it.say("150 here\r\n").sendData(bytes("aaaaa")).say("426 cut\r\n226 done\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> connection.beginRetrieve(A, 0).run(Clients.FULL))
          .isInstanceOf(LocalException.class);
      assertThat(connection.isIntact()).isFalse();
    }
  }

  @Test
  void aSourceThatFailsCutsTheUploadSoThatItPassesForNoWholeOne() throws IOException {
    ReadableByteChannel vanished =
        new ReadableByteChannel() {
          @Override
          public int read(ByteBuffer bytes) throws IOException {
            throw new IOException("Input/output error");
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    CommandTable table = table();
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> connection.beginStore(B).run(vanished))
          .isInstanceOf(LocalException.class);
      assertThat(table.files().get("/b.txt")).isNotEqualTo(bytes(""));
      connection.abort();
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void anUploadArrives() throws IOException {
    CommandTable table = table();
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThat(put(connection, "upwards")).isEqualTo(7);
      assertThat(table.files().get("/up.txt")).isEqualTo(bytes("upwards"));
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void aRefusedUploadSendsNoByte() throws IOException {
    CommandTable table = table().reply("STOR", "553 not here\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> put(connection, "upwards")).hasMessageContaining("553 not here");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void aDiskThatFillsUpIsToldInTheServersWordsAndTheConnectionGoesOn() throws IOException {
    CommandTable table =
        table()
            .answer(
                "STOR",
                (it, path) -> it.say("150 go on\r\n").resetData(new byte[0]).say("552 full\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> put(connection, "x".repeat(4_000_000)))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("552 full");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void aServerThatStopsReadingEndsTheUpload() throws IOException {
    CommandTable table =
        table()
            .answer("STOR", (it, path) -> it.say("150 go on\r\n").stallData(new byte[0]).stall());
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.impatient(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> put(connection, "x".repeat(40_000_000)))
          .hasMessageContaining("timed out");
      assertThat(connection.isIntact()).isFalse();
    }
  }

  @Test
  void aServerThatNeverConfirmsAnUploadHasNotGotIt() throws IOException {
    CommandTable table =
        table()
            .answer(
                "STOR",
                (it, path) -> {
                  it.say("150 go on\r\n").receiveData();
                  it.stall();
                });
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.impatient(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> put(connection, "upwards")).hasMessageContaining("timed out");
    }
  }

  @Test
  void theControlConnectionResetInTheMiddleEndsTheTransfer() throws IOException {
    CommandTable table =
        table().answer("RETR", (it, path) -> it.say("150 here\r\n").resetData(HELLO).reset());
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> get(connection, A, 0)).isInstanceOf(IOException.class);
      assertThat(connection.isIntact()).isFalse();
    }
    server.allowFailures();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"213 x", "213 -1", "213 99999999999999999999", "213", "500 no", "200 5"})
  void aSizeThatIsNoNumberIsUnknown(String line) throws IOException {
    CommandTable table = table().reply("SIZE", line + "\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      assertThat(clients.connect().size(A)).isEmpty();
    }
  }

  @Test
  void aFileIsRenamedOnlyIfItsSizeIsRight() throws IOException {
    CommandTable table = table();
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThat(connection.renameIfWhole(A, new RemotePath("/c"), 6)).hasValue(5);
      assertThat(table.files()).containsKey("/a.txt");
      assertThat(connection.renameIfWhole(A, new RemotePath("/c"), 5)).hasValue(5);
      assertThat(table.files()).containsKey("/c").doesNotContainKey("/a.txt");
    }
  }

  @Test
  void aWaiting421IsSeenBeforeTheNextUse() throws IOException {
    CommandTable table =
        table().answer("NOOP", (it, argument) -> it.say("200 ok\r\n421 idle too long\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      connection.verify();

      Await.until(Clients.LONG, "the 421 to arrive", () -> !connection.isReusable());
    }
  }

  /** The features of a distributed server such as drftpd. */
  private static CommandTable announcing(String answer) {
    return CommandTable.normal()
        .greeting("220 (vsFTPd 3.0.3)\r\n")
        .file("/a.txt", "aaaaa")
        .reply("FEAT", "211-Features:\r\n PRET\r\n MLST size*;\r\n211 End\r\n")
        .reply("PRET", answer + "\r\n");
  }

  @Test
  void aDistributedServerLearnsTheCommandFirst() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(announcing("200 OK, planned"));
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      for (int round = 0; round < 2; round++) {
        assertThat(Clients.run(connection.beginRetrieve(new RemotePath("/a.txt"), 0)))
            .isEqualTo("aaaaa");
        assertThat(server.heard()).endsWith("PRET RETR /a.txt", "EPSV", "RETR /a.txt");
      }
      connection.list(RemotePath.ROOT);
      assertThat(server.heard()).endsWith("PRET MLSD /", "EPSV", "MLSD /");
    }
  }

  @Test
  void aServerThatDoesNotTakeThePretThatItListsIsAskedOnce() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(announcing("504 not that one"));
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      for (int round = 0; round < 2; round++) {
        assertThat(Clients.run(connection.beginRetrieve(new RemotePath("/a.txt"), 0)))
            .isEqualTo("aaaaa");
      }
      assertThat(server.heard()).containsOnlyOnce("PRET RETR /a.txt");
    }
  }

  /** Its FEAT lists it; there is nothing that it could do with it. */
  @Test
  void pureFtpdIsNotToldTheCommandFirst() throws IOException {
    CommandTable pure =
        announcing("200 Ready to proceed")
            .greeting(
                "220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------\r\n220 Hi\r\n");
    try (ScriptedServer server = ScriptedServer.start(pure);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      assertThat(Clients.run(connection.beginRetrieve(new RemotePath("/a.txt"), 0)))
          .isEqualTo("aaaaa");
      assertThat(server.heard()).noneMatch(line -> line.startsWith("PRET"));
    }
  }

  @Test
  void whatPretRefusesIsNotAskedFor() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(announcing("550 no host has it"));
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> Clients.run(connection.beginRetrieve(new RemotePath("/a.txt"), 0)))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("550 no host has it");
      assertThat(server.heard()).doesNotContain("EPSV");
      assertThat(connection.isReusable()).isTrue();
    }
  }
}
