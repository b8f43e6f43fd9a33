package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.ScriptedServer;
import dev.berth.testkit.ServerTls;
import dev.berth.transport.LocalPorts;
import dev.berth.wire.RemotePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server makes the data connection (EPRT, RFC 2428; PORT, RFC 959). */
@Timeout(60)
class ActiveModeTest {
  private static final RemotePath A = new RemotePath("/a.txt");
  private static final RemotePath B = new RemotePath("/b.txt");
  private static final UnaryOperator<ConnectSettings> ACTIVE = mode(DataMode.ACTIVE);
  private static final UnaryOperator<ConnectSettings> AUTO = mode(DataMode.AUTO);

  private static UnaryOperator<ConnectSettings> mode(DataMode mode) {
    return settings -> settings.with(new DataSettings(mode, LocalPorts.any()));
  }

  private static CommandTable table() {
    return CommandTable.normal().file("/a.txt", "aaaaa").file("/b.txt", "bbbbb");
  }

  private static List<String> verbs(ScriptedServer server) {
    return server.heard().stream().map(line -> line.split(" ", 2)[0]).toList();
  }

  @Test
  void filesAndListingsComeAndGoWithoutAPassiveCommand() throws IOException {
    CommandTable table = table();
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, ACTIVE)) {
      FtpConnection connection = clients.connect();

      assertThat(Clients.run(connection.beginRetrieve(A, 0))).isEqualTo("aaaaa");
      assertThat(Clients.run(connection.beginRetrieve(A, 2))).isEqualTo("aaa");
      assertThat(connection.list(RemotePath.ROOT).entries()).hasSize(2);
      byte[] content = {1, 2, 3};
      connection
          .beginStore(new RemotePath("/up"))
          .run(Channels.newChannel(new ByteArrayInputStream(content)));

      assertThat(table.files().get("/up")).isEqualTo(content);
      assertThat(verbs(server)).contains("EPRT").doesNotContain("EPSV", "PASV", "PORT");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void aServerThatCannotConnectAfterAllIsHeardAtOnce() throws IOException {
    CommandTable table =
        table()
            .answer(
                "RETR",
                (conversation, argument) ->
                    conversation.say("150 Opening\r\n").say("425 Cannot connect to you\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, ACTIVE)) {
      FtpConnection connection = clients.connect();
      long began = System.nanoTime();

      assertThatThrownBy(() -> Clients.run(connection.beginRetrieve(A, 0)))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("425 Cannot connect to you");

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Clients.LONG.dividedBy(2));
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void portIsSaidWhereEprtIsUnknownAndRemembered() throws IOException {
    CommandTable table = table().reply("EPRT", "500 what?\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, ACTIVE)) {
      assertThat(Clients.run(clients.connect().beginRetrieve(A, 0))).isEqualTo("aaaaa");
      assertThat(Clients.run(clients.connect().beginRetrieve(B, 0))).isEqualTo("bbbbb");

      assertThat(verbs(server)).containsOnlyOnce("EPRT");
      assertThat(verbs(server)).filteredOn("PORT"::equals).hasSize(2);
    }
  }

  @Test
  void worksOverIpv6() throws IOException {
    assumeTrue(hasIpv6(), "no ::1 on this host");
    try (ScriptedServer server = ScriptedServer.startAt(InetAddress.getByName("::1"), table());
        Clients clients = Clients.with(server, ACTIVE)) {
      assertThat(Clients.run(clients.connect().beginRetrieve(A, 0))).isEqualTo("aaaaa");

      assertThat(server.heard()).anyMatch(line -> line.startsWith("EPRT |2|0:0:0:0:0:0:0:1|"));
    }
  }

  @Test
  void portIsNeverSaidOverIpv6() throws IOException {
    assumeTrue(hasIpv6(), "no ::1 on this host");
    CommandTable table = table().reply("EPRT", "500 what?\r\n");
    try (ScriptedServer server = ScriptedServer.startAt(InetAddress.getByName("::1"), table);
        Clients clients = Clients.with(server, ACTIVE)) {
      assertThatThrownBy(() -> Clients.run(clients.connect().beginRetrieve(A, 0)))
          .hasMessageContaining("EPRT")
          .hasMessageContaining("500 what?");
      assertThat(verbs(server)).doesNotContain("PORT");
    }
  }

  private static boolean hasIpv6() throws IOException {
    return NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null;
  }

  /** One that comes from another address of this host: 127.0.0.2. */
  private static Socket stranger(InetSocketAddress to) throws IOException {
    return new Socket(to.getAddress(), to.getPort(), InetAddress.getByName("127.0.0.2"), 0);
  }

  @Test
  void aStrangerGetsNothingAndDoesNotKeepTheServerOut() throws IOException {
    CommandTable table =
        table()
            .answer(
                "RETR",
                (it, path) -> {
                  Socket stranger = stranger(it.activeAddress());
                  stranger.getOutputStream().write("evil".getBytes(StandardCharsets.US_ASCII));
                  it.say("150 here\r\n").sendData("good".getBytes(StandardCharsets.US_ASCII));
                  it.say("226 done\r\n");
                });
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, ACTIVE)) {
      assertThat(Clients.run(clients.connect().beginRetrieve(A, 0))).isEqualTo("good");
    }
  }

  @Test
  void whoTakesNothingButStrangersSaysSo() throws IOException {
    CommandTable table =
        table()
            .answer(
                "RETR",
                (it, path) -> {
                  InetSocketAddress to = it.activeAddress();
                  try (Socket one = stranger(to);
                      Socket other = stranger(to)) {
                    it.say("150 here\r\n").awaitEnd();
                    assertThat(one.isConnected() && other.isConnected()).isTrue();
                  }
                });
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.with(server, TlsUse.OFF, Clients.SHORT, ACTIVE)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> Clients.run(connection.beginRetrieve(A, 0)))
          .hasMessageContaining("timed out while waiting for the data connection of 127.0.0.1")
          .hasMessageContaining("2 connections from elsewhere closed, the last from 127.0.0.2");
      assertThat(connection.isIntact()).isFalse();
      connection.abort();
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void aServerThatNeverConnectsIsGivenUp() throws IOException {
    CommandTable table = table().answer("RETR", (it, path) -> it.say("150 here\r\n").awaitEnd());
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.with(server, TlsUse.OFF, Clients.SHORT, ACTIVE)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> Clients.run(connection.beginRetrieve(A, 0)))
          .hasMessageContaining("our port ")
          .hasMessageContaining("timed out")
          .hasMessageNotContaining("elsewhere");
      connection.abort();
    }
    server.allowFailures();
    server.close();
  }

  /** Apache FtpServer 1.2.1 says so behind its 150. */
  @Test
  void aServerThatCannotConnectIsQuoted() throws IOException {
    CommandTable table =
        table()
            .answer(
                "RETR", (it, path) -> it.say("150 here\r\n425 Can't open data connection.\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, TlsUse.OFF, Clients.SHORT, ACTIVE)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> Clients.run(connection.beginRetrieve(A, 0)))
          .isInstanceOf(ReplyException.class)
          .hasMessageContaining("425 Can't open");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  @Test
  void aRefusedFileLeavesTheConnectionInOrder() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients = Clients.with(server, ACTIVE)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> Clients.run(connection.beginRetrieve(new RemotePath("/missing"), 0)))
          .hasMessageContaining("550");
      assertThat(connection.isReusable()).isTrue();
      assertThat(Clients.run(connection.beginRetrieve(A, 0))).isEqualTo("aaaaa");
    }
  }

  @Test
  void listensOnThePortsThatAreGiven() throws IOException {
    LocalPorts ports = new LocalPorts.Range(29_310, 29_319);
    try (ScriptedServer server = ScriptedServer.start(table());
        Clients clients =
            Clients.with(
                server, settings -> settings.with(new DataSettings(DataMode.ACTIVE, ports)))) {
      assertThat(Clients.run(clients.connect().beginRetrieve(A, 0))).isEqualTo("aaaaa");

      assertThat(server.heard())
          .anyMatch(line -> line.matches("EPRT \\|1\\|127\\.0\\.0\\.1\\|2931[0-9]\\|"));
    }
  }

  @Test
  void weAreTheTlsClientHereToo() throws IOException {
    CommandTable table =
        table()
            .answer("AUTH", (it, how) -> it.say("234 go\r\n").startTls())
            .answer(
                "RETR",
                (it, path) -> {
                  Socket plain = it.accept();
                  it.say("150 here\r\n");
                  try (SSLSocket data = ServerTls.wrap(plain)) {
                    data.getOutputStream().write("secret".getBytes(StandardCharsets.US_ASCII));
                  }
                  it.say("226 done\r\n");
                })
            .reply("PBSZ", "200 ok\r\n")
            .reply("PROT", "200 ok\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, TlsUse.REQUIRED, Clients.LONG, ACTIVE)) {
      assertThat(Clients.run(clients.connect().beginRetrieve(A, 0))).isEqualTo("secret");
    }
  }

  @Test
  void pairsGoInOnePacketOnceActiveModeIsProven() throws IOException {
    CommandTable table = table().greeting("220 (vsFTPd 3.0.3)\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, ACTIVE)) {
      FtpConnection connection = clients.connect();
      assertThat(Clients.run(connection.beginRetrieve(A, 0))).isEqualTo("aaaaa");

      Retrieval ahead = connection.beginRetrieve(B, 0);

      assertThat(connection.mayBeginAhead()).isFalse();
      assertThat(connection.isReusable()).isFalse();
      assertThat(Clients.run(ahead)).isEqualTo("bbbbb");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  /** It answers the RETR of a pair before the EPRT. */
  @Test
  void pyftpdlibGetsNoPairs() throws IOException {
    CommandTable table = table().greeting("220 pyftpdlib 1.5.7 ready.\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, ACTIVE)) {
      FtpConnection connection = clients.connect();
      assertThat(Clients.run(connection.beginRetrieve(A, 0))).isEqualTo("aaaaa");
      int before = server.heard().size();

      Retrieval next = connection.beginRetrieve(B, 0);

      assertThat(server.heard()).hasSize(before);
      assertThat(Clients.run(next)).isEqualTo("bbbbb");
    }
  }

  @Test
  void aPairWhoseEprtIsRefusedIsSentAgainBehindPort() throws IOException {
    AtomicInteger count = new AtomicInteger();
    CommandTable table =
        table()
            .greeting("220 (vsFTPd 3.0.3)\r\n")
            .answer(
                "EPRT",
                (it, argument) -> {
                  if (count.incrementAndGet() == 1) {
                    it.takeActive(argument).say("200 ok\r\n");
                  } else {
                    it.say("500 no more\r\n");
                  }
                })
            .answer("RETR", ActiveModeTest::retrieveIfTold);
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, ACTIVE)) {
      FtpConnection connection = clients.connect();
      assertThat(Clients.run(connection.beginRetrieve(A, 0))).isEqualTo("aaaaa");

      assertThat(Clients.run(connection.beginRetrieve(B, 0))).isEqualTo("bbbbb");
      assertThat(connection.isReusable()).isTrue();
    }
  }

  private static void retrieveIfTold(Conversation it, String path) throws IOException {
    Socket data;
    try {
      data = it.accept();
    } catch (IllegalStateException nowhere) {
      it.say("425 use PORT first\r\n");
      return;
    }
    it.say("150 here\r\n");
    data.getOutputStream()
        .write(path.substring(1, 2).repeat(5).getBytes(StandardCharsets.ISO_8859_1));
    data.close();
    it.say("226 done\r\n");
  }

  @Test
  void aPairThatIsAbandonedLeavesTheServerNothingToWaitFor() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    CommandTable table =
        table()
            .greeting("220 (vsFTPd 3.0.3)\r\n")
            .answer(
                "RETR",
                (it, path) -> {
                  if (path.equals("/a.txt")) {
                    retrieveIfTold(it, path);
                  } else {
                    awaitEndOfData(it);
                    ended.countDown();
                  }
                });
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.with(server, ACTIVE)) {
      FtpConnection connection = clients.connect();
      assertThat(Clients.run(connection.beginRetrieve(A, 0))).isEqualTo("aaaaa");

      connection.beginRetrieve(B, 0).abandon();

      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(connection.isIntact()).isFalse();
      connection.abort();
    }
    server.allowFailures();
    server.close();
  }

  /** Refused, reset or closed: all end it. */
  private static void awaitEndOfData(Conversation it) {
    try (Socket data = it.accept()) {
      data.setSoTimeout(10_000);
      assertThat(data.getInputStream().read()).isNegative();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("left open", e);
    } catch (IOException gone) {
      assertThat(gone).isNotNull();
    }
  }

  @Test
  void autoGoesActiveWherePassiveIsRefusedForGood() throws IOException {
    CommandTable table = table().reply("EPSV", "502 no\r\n").reply("PASV", "502 no\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, AUTO)) {
      FtpConnection connection = clients.connect();
      assertThat(Clients.run(connection.beginRetrieve(A, 0))).isEqualTo("aaaaa");
      assertThat(Clients.run(connection.beginRetrieve(B, 0))).isEqualTo("bbbbb");
      assertThat(Clients.run(clients.connect().beginRetrieve(A, 0))).isEqualTo("aaaaa");

      assertThat(verbs(server)).containsOnlyOnce("EPSV", "PASV");
      assertThat(server.conversations()).hasSize(2);
    }
  }

  @Test
  void autoGoesActiveWhereThePassivePortIsUnreachableTwice() throws IOException {
    CommandTable table =
        table()
            .answer("EPSV", (it, argument) -> it.say("229 (|||%d|)\r\n".formatted(closedPort(it))))
            .answer(
                "PASV",
                (it, argument) -> {
                  int port = closedPort(it);
                  it.say("227 (127,0,0,1,%d,%d)\r\n".formatted(port >> 8, port & 255));
                });
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, AUTO)) {
      for (String way : List.of("EPSV", "PASV")) {
        FtpConnection connection = clients.connect();
        assertThatThrownBy(() -> Clients.run(connection.beginRetrieve(A, 0)))
            .hasMessageContaining("refused");
        assertThat(verbs(server)).contains(way).doesNotContain("EPRT");
        connection.abort();
      }

      assertThat(Clients.run(clients.connect().beginRetrieve(A, 0))).isEqualTo("aaaaa");
    }
  }

  private static int closedPort(Conversation it) throws IOException {
    int port = it.openPassive();
    it.closePassive();
    return port;
  }

  @Test
  void passiveThatHasWorkedIsNotDoubtedAgain() throws IOException {
    AtomicInteger count = new AtomicInteger();
    CommandTable table =
        table()
            .answer(
                "EPSV",
                (it, argument) -> {
                  if (count.incrementAndGet() == 1) {
                    it.sayExtendedPassive();
                  } else {
                    it.say("502 no\r\n");
                  }
                })
            .reply("PASV", "502 no\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, AUTO)) {
      FtpConnection connection = clients.connect();
      assertThat(Clients.run(connection.beginRetrieve(A, 0))).isEqualTo("aaaaa");

      assertThatThrownBy(() -> Clients.run(connection.beginRetrieve(A, 0)))
          .hasMessageContaining("502 no");
      assertThat(verbs(server)).doesNotContain("EPRT", "PORT");
    }
  }

  @Test
  void passiveAloneNeverGoesActive() throws IOException {
    CommandTable table = table().reply("EPSV", "502 no\r\n").reply("PASV", "502 no\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, mode(DataMode.PASSIVE))) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> Clients.run(connection.beginRetrieve(A, 0)))
          .hasMessageContaining("PASV");
      assertThat(verbs(server)).doesNotContain("EPRT", "PORT");
    }
  }

  @Test
  void whereNeitherWorksBothAnswersAreKept() throws IOException {
    CommandTable table =
        table()
            .reply("EPSV", "502 no\r\n")
            .reply("PASV", "502 no\r\n")
            .reply("EPRT", "502 no\r\n")
            .reply("PORT", "500 illegal\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.with(server, AUTO)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> Clients.run(connection.beginRetrieve(A, 0)))
          .hasMessageContaining("PORT")
          .hasMessageContaining("500 illegal")
          .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("PASV"));
      assertThat(connection.isReusable()).isTrue();
    }
  }
}
