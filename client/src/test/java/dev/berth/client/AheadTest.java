package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.Script;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.RemotePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands sent ahead: every reply is matched to its own transfer, or the connection ends. */
@Timeout(60)
class AheadTest {
  private static final RemotePath A = new RemotePath("/a.txt");
  private static final RemotePath B = new RemotePath("/b.txt");
  private static final RemotePath C = new RemotePath("/c.txt");
  private static final RemotePath MISSING = new RemotePath("/missing");

  /** A server that greets as one of a family that takes commands ahead. */
  private static CommandTable table() {
    return CommandTable.normal()
        .greeting("220 (vsFTPd 3.0.3)\r\n")
        .file("/a.txt", "aaaaa")
        .file("/b.txt", "bbbbb")
        .file("/c.txt", "ccccc");
  }

  /** A connection on which a first transfer has proven the way that data takes. */
  private static FtpConnection proven(Clients clients) throws IOException {
    FtpConnection connection = clients.connect();
    assertThat(connection.mayBeginAhead()).isFalse();
    assertThat(Clients.run(connection.beginRetrieve(C, 0))).isEqualTo("ccccc");
    assertThat(connection.isReusable()).isTrue();
    return connection;
  }

  @Test
  void twoBegunTransfersBringEachTheirOwnFile() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      FtpConnection connection = proven(clients);

      Retrieval first = connection.beginRetrieve(A, 0);
      assertThat(connection.mayBeginAhead()).isTrue();
      Retrieval second = connection.beginRetrieve(B, 0);

      assertThat(connection.mayBeginAhead()).isFalse();
      assertThat(connection.isReusable()).isFalse();
      assertThat(Clients.run(first)).isEqualTo("aaaaa");
      assertThat(Clients.run(second)).isEqualTo("bbbbb");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void theSecondIsUnharmedWhenTheFirstIsRefused() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      FtpConnection connection = proven(clients);
      Retrieval first = connection.beginRetrieve(MISSING, 0);
      Retrieval second = connection.beginRetrieve(B, 0);

      assertThatThrownBy(() -> Clients.run(first)).hasMessageContaining("550 /missing");
      assertThat(connection.isIntact()).isTrue();
      assertThat(Clients.run(second)).isEqualTo("bbbbb");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  /** vsftpd waits a minute for the second's data connection if nobody comes for it. */
  @Test
  void theSecondIsUnharmedWhenTheFirstCannotBeKept() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.of(server)) {
      FtpConnection connection = proven(clients);
      Retrieval first = connection.beginRetrieve(A, 0);
      Retrieval second = connection.beginRetrieve(B, 0);

      assertThatThrownBy(() -> first.run(Clients.FULL)).isInstanceOf(LocalException.class);
      assertThat(connection.isIntact()).isTrue();
      assertThat(Clients.run(second)).isEqualTo("bbbbb");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void theSecondIsUnharmedWhenTheServerBreaksOffTheFirst() throws IOException {
    CommandTable table =
        table()
            .answer(
                "RETR",
                (it, path) -> {
                  if (path.equals("/a.txt")) {
                    it.say("150 here\r\n").resetData(new byte[0]).say("426 read error\r\n");
                  } else {
                    whole(it, path.equals("/b.txt") ? "bbbbb" : "ccccc");
                  }
                });
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = proven(clients);
      Retrieval first = connection.beginRetrieve(A, 0);
      Retrieval second = connection.beginRetrieve(B, 0);

      assertThatThrownBy(() -> Clients.run(first)).hasMessageContaining("426 read error");
      assertThat(Clients.run(second)).isEqualTo("bbbbb");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void transfersRunInTheOrderInWhichTheyWereBegun() throws IOException {
    ScriptedServer server = ScriptedServer.start(table());
    try (Clients clients = Clients.of(server)) {
      FtpConnection connection = proven(clients);
      connection.beginRetrieve(A, 0);
      Retrieval second = connection.beginRetrieve(B, 0);

      assertThatThrownBy(() -> Clients.run(second)).isInstanceOf(IllegalStateException.class);
      assertThat(connection.isIntact()).isFalse();
      connection.abort();
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void aConnectionThatBreaksBetweenTheTwoGivesTheSecondNothing() throws IOException {
    CommandTable table =
        table()
            .answer(
                "RETR",
                (it, path) -> {
                  if (path.equals("/b.txt")) {
                    it.close();
                  } else {
                    whole(it, path.equals("/a.txt") ? "aaaaa" : "ccccc");
                  }
                });
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.of(server)) {
      FtpConnection connection = proven(clients);
      Retrieval first = connection.beginRetrieve(A, 0);
      Retrieval second = connection.beginRetrieve(B, 0);

      assertThat(Clients.run(first)).isEqualTo("aaaaa");
      assertThatThrownBy(() -> Clients.run(second)).isInstanceOf(IOException.class);
      assertThat(connection.isIntact()).isFalse();
    }
    server.allowFailures();
    server.close();
  }

  private static void whole(Conversation it, String content) throws IOException {
    it.say("150 here\r\n").sendData(content.getBytes(StandardCharsets.ISO_8859_1));
    it.say("226 done\r\n");
  }

  /** EPSV as usual, but for one of them. */
  private static CommandTable withPassive(int number, String line) {
    AtomicInteger count = new AtomicInteger();
    return table()
        .answer(
            "EPSV",
            (it, argument) -> {
              if (count.incrementAndGet() == number) {
                it.closePassive().say(line + "\r\n");
              } else {
                it.sayExtendedPassive();
              }
            })
        .answer("RETR", AheadTest::retrieveIfPassive);
  }

  private static void retrieveIfPassive(Conversation it, String path) throws IOException {
    Socket data;
    try {
      data = it.accept();
    } catch (IllegalStateException noPort) {
      it.say("425 use PASV first\r\n");
      return;
    }
    it.say("150 here\r\n");
    data.getOutputStream()
        .write(path.substring(1, 2).repeat(5).getBytes(StandardCharsets.ISO_8859_1));
    data.close();
    it.say("226 done\r\n");
  }

  @Test
  void aPairWhosePassiveIsRefusedIsSentAgainBehindPasv() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(withPassive(2, "500 no more"));
        Clients clients = Clients.of(server)) {
      FtpConnection connection = proven(clients);

      assertThat(Clients.run(connection.beginRetrieve(A, 0))).isEqualTo("aaaaa");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void aRefusedPassiveBeforeANextPairNeverMixesTheFiles() throws IOException {
    ScriptedServer server = ScriptedServer.start(withPassive(2, "425 no free port"));
    try (Clients clients = Clients.impatient(server)) {
      FtpConnection connection = proven(clients);
      Retrieval first = connection.beginRetrieve(A, 0);
      connection.beginRetrieve(B, 0);

      assertThatThrownBy(() -> Clients.run(first)).hasMessageContaining("425 no free port");
      assertThat(connection.isIntact()).isFalse();
      connection.abort();
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void aGarbled229OfAPairLeavesNoReplyForTheNextCommand() throws IOException {
    CommandTable table = withPassive(2, "229 somewhere");
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.of(server)) {
      FtpConnection connection = proven(clients);

      assertThatThrownBy(() -> Clients.run(connection.beginRetrieve(A, 0)))
          .hasMessageContaining("no port");
      assertThat(connection.isIntact()).isFalse();
      connection.abort();
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void a421InPlaceOfThePairKeepsItsWords() throws IOException {
    CommandTable table =
        table()
            .answer(
                "EPSV",
                new CommandTable.Answer() {
                  private int count;

                  @Override
                  public void answer(Conversation it, String argument) throws IOException {
                    count++;
                    if (count == 1) {
                      it.sayExtendedPassive();
                    } else {
                      it.say("421 idle for too long\r\n").close();
                    }
                  }
                });
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.of(server)) {
      FtpConnection connection = proven(clients);

      assertThatThrownBy(() -> Clients.run(connection.beginRetrieve(A, 0)))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("421 idle for too long");
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void aRestartIsSeenToBeAcceptedBeforeTheRetrieval() throws IOException {
    Script script =
        it -> {
          it.say("220 (vsFTPd 3.0.3)\r\n").expect("USER alice").say("230 in\r\n");
          it.expect("FEAT").say("211 none\r\n").expect("TYPE I").say("200 ok\r\n");
          it.expect("PWD").say("257 \"/\"\r\n");
          it.expect("EPSV").sayExtendedPassive().expect("REST 2").say("350 ok\r\n");
          it.expect("RETR /a.txt");
          whole(it, "aaa");
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        Clients clients = Clients.of(server)) {
      assertThat(Clients.run(clients.connect().beginRetrieve(A, 2))).isEqualTo("aaa");
    }
  }

  @Test
  void nothingIsSentBehindAStore() throws IOException {
    CommandTable table = table();
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = proven(clients);
      byte[] content = {1, 2, 3};

      connection
          .beginStore(new RemotePath("/up"))
          .run(Channels.newChannel(new ByteArrayInputStream(content)));

      assertThat(server.heard()).endsWith("EPSV", "STOR /up");
      assertThat(table.files().get("/up")).isEqualTo(content);
    }
  }
}
