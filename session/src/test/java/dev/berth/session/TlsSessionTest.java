package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Pacing;
import dev.berth.admission.Policy;
import dev.berth.admission.Rules;
import dev.berth.session.ListenerSettings.TlsUse;
import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import dev.berth.transport.DataConnection;
import dev.berth.transport.Tls.Version;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions in TLS: explicit, required, implicit, and their data connections. */
final class TlsSessionTest {
  private final byte[] content = MemoryBackend.content(1_000_000);
  private ServerUnderTest server;

  @BeforeEach
  void start() throws IOException {
    restart(ServerUnderTest.setup());
  }

  private void restart(ServerUnderTest.Setup setup) throws IOException {
    if (server != null) {
      server.close();
    }
    server = setup.start();
    server.backend.files.put("/a", content);
    server.backend.files.put("/small", MemoryBackend.content(10));
    server.backend.zeros.put("/long", 1L << 40);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void dataGoesBothWaysOverConnectionsThatResume(Version version) throws IOException {
    try (TlsClient client = TlsClient.explicit(server.address(), version).alice()) {
      for (int i = 0; i < 3; i++) {
        try (DataConnection data = client.passive()) {
          client.ask("RETR a");
          data.startTls(TlsClient.soon());
          assertThat(data.tls().orElseThrow().resumed()).isTrue();
          assertThat(TlsClient.readAll(data)).isEqualTo(content);
          assertThat(data.endedCleanly()).isTrue();
          data.finish(TlsClient.soon());
        }
        assertThat(client.hear().code()).isEqualTo(226);
        try (DataConnection data = client.passive()) {
          assertThat(client.ask("STOR b" + i).code()).isEqualTo(150);
          data.startTls(TlsClient.soon());
          data.write(ByteBuffer.wrap(content));
          data.finish(TlsClient.soon());
        }
        assertThat(client.hear().code()).isEqualTo(226);
        assertThat(server.backend.files.get("/b" + i)).isEqualTo(content);
      }
      assertThat(client.ask("STAT").toString()).contains("data in TLS");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDataConnectionThatDoesNotResumeIsRefusedWithTheReason(Version version) throws IOException {
    try (TlsClient client = TlsClient.explicit(server.address(), version).alice().forget();
        DataConnection data = client.passive()) {
      client.ask("RETR small");
      data.startTls(TlsClient.soon());
      // In order: of one that breaks off, ftplib and others never read the reply.
      assertThat(TlsClient.readAll(data)).isEmpty();
      assertThat(data.endedCleanly()).isTrue();
      assertThat(client.hear().toString()).contains("522").contains("resume");
      assertThat(client.ask("NOOP").code()).isEqualTo(200);
    }
  }

  @Test
  void reuseNeedNotBeAskedFor() throws IOException {
    DataSettings usual = DataSettings.usual();
    restart(
        ServerUnderTest.setup()
            .settings(
                FrontSettings.usual()
                    .with(
                        new DataSettings(
                            usual.ports(), usual.shownAddress(), usual.foreign(), false, true))));
    try (RawClient client = secured()) {
      try (Socket data = client.passive()) {
        client.say("RETR a\r\n").expect("150");
        try (SSLSocket tls = RawClient.inTls(data)) {
          assertThat(tls.getInputStream().readAllBytes()).isEqualTo(content);
        }
      }
      client.expect("226");
    }
  }

  /** A client in TLS with data in TLS. */
  private RawClient secured() throws IOException {
    RawClient client = server.client();
    client.say("AUTH TLS\r\n").expect("234");
    client.startTls().logIn("alice", "secret");
    client.say("PBSZ 0\r\n").expect("200 PBSZ=0");
    client.say("PROT P\r\n").expect("200");
    client.say("TYPE I\r\n").expect("200");
    return client;
  }

  @ParameterizedTest
  @EnumSource
  void anUploadThatEndsWithoutCloseNotifyIsNotKept(Version version) throws IOException {
    try (TlsClient client = TlsClient.explicit(server.address(), version).alice();
        DataConnection data = client.passive()) {
      client.ask("STOR cut");
      data.startTls(TlsClient.soon());
      data.write(ByteBuffer.wrap(content));
      cut(data); // A FIN alone: so can anybody on the way.
      // With tickets of TLS 1.3 unread, the client's system sends RST in place of FIN.
      assertThat(client.hear().toString()).containsPattern("426.*(close_notify|lost)");
      assertThat(client.ask("SIZE cut").code()).isEqualTo(550);
    }
  }

  private static void cut(DataConnection data) throws IOException {
    data.close();
  }

  @Test
  void garbageInPlaceOfAHandshakeIsToldAndTheSessionGoesOn() throws IOException {
    try (RawClient client = secured();
        Socket data = client.passive()) {
      client.say("STOR x\r\n").expect("150");
      data.getOutputStream().write(new byte[100]);
      client.expect("522");
      assertThat(client.ask("NOOP")).startsWith("200 ");
      assertThat(server.backend.files).doesNotContainKey("/x");
    }
  }

  @Test
  void aborAndStatusAreHeardInTls() throws IOException {
    try (TlsClient client = TlsClient.explicit(server.address(), Version.TLS_1_3).alice();
        DataConnection data = client.passive()) {
      client.ask("RETR long");
      data.startTls(TlsClient.soon());
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  TlsClient.readAll(data);
                } catch (IOException | OutOfMemoryError e) {
                  return; // Aborted.
                }
              });
      assertThat(client.ask("STAT").code()).isEqualTo(211);
      assertThat(client.ask("ABOR").code()).isEqualTo(426);
      assertThat(client.hear().code()).isEqualTo(226);
      assertThat(client.ask("NOOP").code()).isEqualTo(200);
      reader.interrupt();
    }
  }

  @Test
  void plainTextBehindAuthIsNeverObeyed() throws IOException {
    try (RawClient client = server.client()) {
      client.say("AUTH TLS\r\nUSER alice\r\nPASS secret\r\nDELE a\r\n");
      assertThat(client.hear()).startsWith("421 ");
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(server.backend.files).containsKey("/a");
    server.awaitNobody();
  }

  /**
   * Then a listener has read ahead, as many as it will: they must not outlive the step into TLS.
   */
  @Test
  void plainTextBehindAuthThatWasHeardInATransferIsNeverObeyed() throws IOException {
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("STOR x\r\n").expect("150");
      client.say(
          "REIN\r\nAUTH TLS\r\nUSER alice\r\nPASS secret\r\nDELE a\r\n" + "NOOP\r\n".repeat(59));
      long heard = System.nanoTime() + 200_000_000L;
      Await.until(Duration.ofSeconds(5), "it is heard", () -> System.nanoTime() - heard >= 0);
      data.shutdownOutput();
      client.expect("226");
      client.expect("220");
      client.expect("421 Nothing may be sent behind AUTH TLS");
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(server.backend.files).containsKey("/a");
  }

  @Test
  void halfACommandBehindAuthCountsToo() throws IOException {
    try (RawClient client = server.client()) {
      client.say("AUTH TLS\r\nUSER al");
      assertThat(client.hear()).startsWith("421 ");
    }
  }

  @Test
  void withinTlsThereIsNoWayBack() throws IOException {
    try (RawClient client = secured()) {
      assertThat(client.ask("CCC")).startsWith("534 ");
      assertThat(client.ask("AUTH TLS")).startsWith("503 ");
      assertThat(client.ask("PROT S")).startsWith("536 ");
      assertThat(client.ask("PROT X")).startsWith("504 ");
      assertThat(client.ask("PROT C")).startsWith("200 ");
    }
  }

  @Test
  void protNeedsPbsz() throws IOException {
    try (RawClient client = server.client()) {
      client.say("AUTH TLS\r\n").expect("234");
      client.startTls().logIn("alice", "secret");
      assertThat(client.ask("PROT P")).startsWith("503 PBSZ");
    }
  }

  @Test
  void whereTlsIsRequiredNothingGoesInPlainText() throws IOException {
    restart(ServerUnderTest.setup().tls(TlsUse.REQUIRED));
    try (RawClient client = server.client()) {
      assertThat(client.ask("USER alice")).startsWith("530 TLS is required");
      client.say("AUTH TLS\r\n").expect("234");
      client.startTls().logIn("alice", "secret");
      assertThat(client.ask("EPSV")).startsWith("229 ");
      assertThat(client.ask("RETR a")).startsWith("521 ");
      client.say("PBSZ 0\r\n").expect("200");
      assertThat(client.ask("PROT C")).startsWith("534 ");
      assertThat(client.ask("PROT P")).startsWith("200 ");
    }
  }

  @Test
  void whereThereIsNoTlsAuthIsRefused() throws IOException {
    restart(ServerUnderTest.setup().tls(TlsUse.OFF));
    try (RawClient client = server.client()) {
      assertThat(client.ask("AUTH TLS")).startsWith("502 ");
      assertThat(client.ask("FEAT")).doesNotContain("AUTH", "PROT");
      assertThat(client.logIn("alice", "secret").ask("PWD")).startsWith("257 ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void implicitTlsBeginsWithTheFirstByte(Version version) throws IOException {
    restart(ServerUnderTest.setup().tls(TlsUse.IMPLICIT));
    try (TlsClient client = TlsClient.implicit(server.address(), version)) {
      assertThat(client.hear().code()).isEqualTo(220);
      client.alice();
      try (DataConnection data = client.passive()) {
        client.ask("RETR a");
        data.startTls(TlsClient.soon());
        assertThat(TlsClient.readAll(data)).isEqualTo(content);
        data.finish(TlsClient.soon());
      }
      assertThat(client.hear().code()).isEqualTo(226);
      assertThat(client.ask("QUIT").code()).isEqualTo(221);
    }
    server.awaitNobody();
  }

  @Test
  void plainTextToAnImplicitListenerEndsTheConnection() throws IOException {
    restart(ServerUnderTest.setup().tls(TlsUse.IMPLICIT));
    try (RawClient client = RawClient.connect(server.address())) {
      client.say("USER alice\r\n");
      client.socket().getInputStream().readAllBytes();
    } catch (IOException e) {
      assertThat(e).isNotNull(); // A reset will do.
    }
    server.awaitNobody();
  }

  @Test
  void whoIsRefusedByAnImplicitListenerIsToldInTls() throws IOException {
    restart(
        ServerUnderTest.setup()
            .tls(TlsUse.IMPLICIT)
            .rules(Rules.standard().withConnections(Map.of(LimitScope.SERVER, Limit.refusing(1)))));
    try (RawClient first = RawClient.connect(server.address()).startTls();
        RawClient second = RawClient.connect(server.address()).startTls()) {
      first.expect("220");
      assertThat(second.hear()).startsWith("421 Too many ");
    }
  }

  @Test
  void aRefusalThatIsHeldBackIsToldInTlsToo() throws IOException {
    Duration held = Duration.ofMillis(200);
    restart(
        ServerUnderTest.setup()
            .tls(TlsUse.IMPLICIT)
            .rules(
                Rules.standard()
                    .withConnections(Map.of(LimitScope.SERVER, Limit.refusing(1)))
                    .withPacing(new Pacing(0, held, held, Duration.ofMinutes(1), 10, 10, 10))));
    try (RawClient first = RawClient.connect(server.address()).startTls();
        RawClient second = RawClient.connect(server.address()).startTls()) {
      first.expect("220");
      assertThat(second.hear()).startsWith("421 Too many ");
    }
  }

  @Test
  void whoWaitsAtAnImplicitListenerIsToldInTls() throws IOException {
    Limit one = new Limit(1, new Policy.Queue(Duration.ofSeconds(60), 10));
    restart(
        ServerUnderTest.setup()
            .tls(TlsUse.IMPLICIT)
            .lineEvery(Duration.ofMillis(200))
            .rules(Rules.standard().withConnections(Map.of(LimitScope.SERVER, one))));
    try (RawClient first = RawClient.connect(server.address()).startTls()) {
      first.expect("220");
      try (RawClient second = RawClient.connect(server.address()).startTls()) {
        assertThat(second.line()).startsWith("220-You wait");
        first.say("QUIT\r\n").expect("221");
        String line = second.line();
        while (line.startsWith("220-")) {
          line = second.line();
        }
        assertThat(line).startsWith("220 ");
        assertThat(second.logIn("alice", "secret").ask("PWD")).startsWith("257 ");
      }
    }
    server.awaitNobody();
  }
}
