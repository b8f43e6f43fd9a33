package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.transport.AcceptedControl.Reading;
import dev.berth.transport.ConnectionLost.Manner;
import dev.berth.transport.Tls.Version;
import dev.berth.wire.Command;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server's side of TLS, against our own client and the JDK's. */
class TlsServerTest extends ServedTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int LENGTH = 3_000_000;
  private static TestIdentity identity;

  private final TlsServer server = TlsServer.of(identity.identity);
  private final long seed = System.nanoTime();
  private boolean clientResumed; // in the last download

  @BeforeAll
  static void makeIdentity() throws Exception {
    identity = new TestIdentity("dns:localhost", "-1d");
  }

  private static <T> CompletableFuture<T> onAnotherThread(Callable<T> task) {
    var done = new CompletableFuture<T>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            done.complete(task.call());
          } catch (Throwable t) {
            done.completeExceptionally(t);
          }
        });
    return done;
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Both ends of a control connection in TLS. */
  private record Ends(ControlConnection client, AcceptedControl control) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      client.close();
      control.close();
    }
  }

  private Ends ends(Version version) throws Exception {
    return ends(server, version);
  }

  private Ends ends(TlsServer server, Version version) throws Exception {
    var client = connect();
    var control = accept();
    var serving =
        onAnotherThread(() -> {
          control.startTls(server, NOTHING, soon());
          control.write(bytes("220 hello\r\n"), soon());
          return true;
        });
    client.startTls(new Tls(identity.asAuthority(), "localhost", Set.of(version)), soon());
    assertThat(serving.get()).isTrue();
    assertThat(client.readReply(soon()).code()).isEqualTo(220);
    return new Ends(client, control);
  }

  /** The client of the JDK, in TLS after its handshake. */
  private SSLSocket encrypted(Socket socket, Version version) throws Exception {
    var trust = TrustManagerFactory.getInstance("PKIX");
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    roots.setCertificateEntry("server", identity.certificate);
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 21, true);
    tls.setEnabledProtocols(new String[] {version.jdkName()});
    return tls;
  }

  @ParameterizedTest
  @EnumSource
  void commandsAndRepliesInTls(Version version) throws Exception {
    try (var ends = ends(version)) {
      ends.client().send(soon(), Command.of("NOOP"));
      var into = ByteBuffer.allocate(100);

      assertThat(ends.control().read(into, soon())).isEqualTo(Reading.ARRIVED);
      assertThat(text(into)).isEqualTo("NOOP\r\n");
      var details = ends.control().tls().orElseThrow();
      assertThat(details.version()).isEqualTo(version.jdkName());
      assertThat(details.resumed()).isFalse();
      assertThat(details.peerChain()).isEmpty();
      var ending =
          onAnotherThread(() -> {
            ends.client().closeGracefully(soon());
            return true;
          });
      assertThat(ends.control().read(into.clear(), soon())).isEqualTo(Reading.ENDED);
      ends.control().closeGracefully(soon());
      assertThat(ending.get()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void afterAnIdleTimeTheClientIsStillToldWhyInTls(Version version) throws Exception {
    try (var ends = ends(version)) {
      assertThat(ends.control().read(ByteBuffer.allocate(9), stall())).isEqualTo(Reading.TIMED_OUT);
      ends.control().write(bytes("421 Idle\r\n"), soon());
      ends.control().closeGracefully(soon());
      assertThat(ends.client().readReply(soon()).code()).isEqualTo(421);
      assertLost(Manner.END_OF_STREAM, () -> ends.client().readReply(soon()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void dataConnectionsInARowResumeTheSessionOfTheirControlConnection(Version version)
      throws Exception {
    try (var first = ends(version);
        var second = ends(version)) {
      for (int n = 0; n < 5; n++) {
        assertThat(download(first).resumed()).as("download %s", n).isTrue();
        assertThat(clientResumed).isTrue();
        assertThat(upload(first).resumed()).as("upload %s", n).isTrue();
        assertThat(download(second).resumed()).as("of the second %s", n).isTrue();
      }
    }
  }

  private TlsDetails download(Ends ends) throws Exception {
    byte[] content = new byte[LENGTH];
    new Random(seed).nextBytes(content);
    try (var listener = ends.control().listenData(LocalPorts.any());
        var client = ends.client().connectData(listener.address(), LONG, soon());
        var data = listener.accept(LONG, soon())) {
      var sending =
          onAnotherThread(() -> {
            data.startTls(soon());
            data.write(ByteBuffer.wrap(content));
            data.finish(soon());
            return true;
          });
      client.startTls(soon());
      var into = ByteBuffer.allocate(LENGTH + 1);
      while (client.read(into) >= 0) {}
      assertThat(client.endedCleanly()).isTrue();
      client.finish(soon());
      assertThat(Arrays.copyOf(into.array(), into.position()))
          .as("seed %s", seed)
          .isEqualTo(content);
      assertThat(sending.get()).isTrue();
      clientResumed = client.tls().orElseThrow().resumed();
      return data.tls().orElseThrow();
    }
  }

  /** In active mode, and so that whoever listens is the TLS client. */
  private TlsDetails upload(Ends ends) throws Exception {
    try (var listener = ends.client().listenData(LocalPorts.any());
        var data =
            ends.control()
                .connectData(ActivePort.any(), listener.address(), LONG, soon(), begun -> {});
        var client = listener.accept(LONG, soon())) {
      var sending =
          onAnotherThread(() -> {
            client.startTls(soon());
            client.write(bytes("word"));
            client.finish(soon());
            return true;
          });
      data.startTls(soon());
      var into = ByteBuffer.allocate(9);
      while (data.read(into) >= 0) {}
      assertThat(text(into)).isEqualTo("word");
      assertThat(data.endedCleanly()).isTrue();
      data.finish(soon());
      assertThat(sending.get()).isTrue();
      return data.tls().orElseThrow();
    }
  }

  /** Else the close of a client that never reads would reset the connection: its data is lost. */
  @ParameterizedTest
  @EnumSource
  void nothingIsLeftToReadForAClientThatUploads(Version version) throws Exception {
    try (var ends = ends(version);
        var listener = ends.control().listenData(LocalPorts.any());
        var socket = new Socket(listener.address().getAddress(), listener.address().getPort());
        var data = listener.accept(LONG, soon())) {
      var receiving =
          onAnotherThread(() -> {
            data.startTls(soon());
            return data.read(ByteBuffer.allocate(9));
          });
      encrypted(socket, version).getOutputStream().write(new byte[4]);

      assertThat(receiving.get()).isEqualTo(4);
      assertThat(socket.getInputStream().available()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSessionOfItsOwnDoesNotCountAsResumed(Version version) throws Exception {
    try (var ends = ends(version)) {
      ends.client().forgetTls();
      assertThat(download(ends).resumed()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoResumesWhatBeganOnADataConnectionMayBeAStranger(Version version) throws Exception {
    try (var ends = ends(version)) {
      ends.client().forgetTls();
      assertThat(download(ends).resumed()).isFalse();
      assertThat(clientResumed).isFalse();

      assertThat(download(ends).resumed()).isFalse();
      assertThat(clientResumed).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void dataConnectionsResumeWhereTheServerKeepsTheSessions(Version version) throws Exception {
    String name = "jdk.tls.server.enableSessionTicketExtension";
    System.setProperty(name, "false");
    try (var first = ends(version);
        var second = ends(version)) {
      for (int n = 0; n < 3; n++) {
        assertThat(download(first).resumed()).isTrue();
        assertThat(upload(first).resumed()).isTrue();
      }
      second.client().forgetTls();
      assertThat(download(second).resumed()).isFalse();
      assertThat(download(second).resumed()).isFalse();
      assertThat(clientResumed).isTrue();
    } finally {
      System.clearProperty(name);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSessionOfAnotherControlConnectionDoesNotCountAsResumed(Version version) throws Exception {
    try (var thief = ends(version);
        var victim = ends(version);
        var listener = victim.control().listenData(LocalPorts.any());
        var client = thief.client().connectData(listener.address(), LONG, soon());
        var data = listener.accept(LONG, soon())) {
      var serving =
          onAnotherThread(() -> {
            data.startTls(soon());
            return data.tls().orElseThrow();
          });
      client.startTls(soon());
      assertThat(serving.get().resumed()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneThreadReadsWhileAnotherWritesInTls(Version version) throws Exception {
    try (var socket = call();
        var control = accept()) {
      var serving =
          onAnotherThread(() -> {
            control.startTls(server, NOTHING, soon());
            return true;
          });
      var tls = encrypted(socket, version);
      tls.startHandshake();
      assertThat(serving.get()).isTrue();
      byte[] up = new byte[LENGTH];
      byte[] down = new byte[LENGTH];
      new Random(seed).nextBytes(up);
      new Random(seed + 1).nextBytes(down);

      var read =
          onAnotherThread(() -> {
            var into = ByteBuffer.allocate(LENGTH);
            while (into.hasRemaining()) {
              assertThat(control.read(into, soon())).isEqualTo(Reading.ARRIVED);
            }
            return into.array();
          });
      var heard = onAnotherThread(() -> tls.getInputStream().readNBytes(LENGTH));
      var said =
          onAnotherThread(() -> {
            for (int at = 0; at < LENGTH; at += 10_000) {
              tls.getOutputStream().write(up, at, 10_000);
              if (version == Version.TLS_1_3 && at % 100_000 == 0) {
                tls.startHandshake(); // New keys, with the wish for an answer.
              }
            }
            return true;
          });
      for (int at = 0; at < LENGTH; at += 1000) {
        control.write(ByteBuffer.wrap(down, at, 1000), soon());
      }
      assertThat(Arrays.equals(read.get(), up)).as("seed %s", seed).isTrue();
      assertThat(Arrays.equals(heard.get(), down)).as("seed %s", seed).isTrue();
      assertThat(said.get()).isTrue();
    }
  }

  @Test
  void clientThatWantsToRenegotiateIsDoneWith() throws Exception {
    try (var socket = call();
        var control = accept()) {
      var serving =
          onAnotherThread(() -> {
            control.startTls(server, NOTHING, soon());
            return control.read(ByteBuffer.allocate(9), soon());
          });
      var tls = encrypted(socket, Version.TLS_1_2);
      tls.startHandshake();
      tls.startHandshake(); // again
      assertThatThrownBy(serving::get)
          .hasCauseInstanceOf(TlsFailed.class)
          .hasMessageContaining("renegotiate");
    }
  }

  @Test
  void renegotiationOfADataConnectionIsRefusedToo() throws Exception {
    try (var ends = ends(Version.TLS_1_2);
        var listener = ends.control().listenData(LocalPorts.any());
        var socket = new Socket(listener.address().getAddress(), listener.address().getPort());
        var data = listener.accept(LONG, soon())) {
      var serving =
          onAnotherThread(() -> {
            data.startTls(soon());
            return data.read(ByteBuffer.allocate(9));
          });
      var tls = encrypted(socket, Version.TLS_1_2);
      tls.startHandshake();
      tls.startHandshake();
      assertThatThrownBy(serving::get)
          .hasCauseInstanceOf(TlsFailed.class)
          .hasMessageContaining("renegotiate");
    }
  }

  @Test
  void keyUpdatesWithoutEndAreBounded() throws Exception {
    try (var socket = call();
        var control = accept()) {
      var serving =
          onAnotherThread(() -> {
            control.startTls(server, NOTHING, soon());
            return control.read(ByteBuffer.allocate(9), soon());
          });
      var tls = encrypted(socket, Version.TLS_1_3);
      tls.startHandshake();
      assertThatThrownBy(
              () -> {
                for (int n = 0; n < 5000; n++) {
                  tls.startHandshake();
                }
                serving.get();
              })
          .isInstanceOf(Exception.class);
      assertThatThrownBy(serving::get)
          .hasCauseInstanceOf(TlsFailed.class)
          .hasMessageContaining("new keys without end");
    }
  }

  @Test
  void whatWasSentBeforeTlsIsRefused() throws Exception {
    try (var client = call();
        var control = accept()) {
      assertThatThrownBy(() -> control.startTls(server, bytes("USER anna\r\n"), soon()))
          .isInstanceOf(TlsFailed.class)
          .hasMessageContaining("more in plain text");
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void clientThatShakesNoHandsIsGivenUp() throws Exception {
    try (var client = call();
        var control = accept()) {
      assertLost(Manner.TIMED_OUT, () -> control.startTls(server, NOTHING, stall()));
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void handshakeEndsWhenItsReaderIsWoken() throws Exception {
    try (var client = call();
        var control = accept()) {
      var serving =
          onAnotherThread(() -> {
            control.startTls(server, NOTHING, soon());
            return true;
          });
      control.interruptReading();
      assertThatThrownBy(serving::get).hasMessageContaining("closed here");
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void plainTextIsNoHandshake() throws Exception {
    try (var client = call();
        var control = accept()) {
      LoopbackPeer.say(client, "USER anna\r\n");
      assertThatThrownBy(() -> control.startTls(server, NOTHING, soon()))
          .isInstanceOf(TlsFailed.class);
    }
  }

  @Test
  void onlyVersionsThatAreAllowed() throws Exception {
    var strict = TlsServer.of(identity.identity, Set.of(Version.TLS_1_3));
    assertThatThrownBy(() -> ends(strict, Version.TLS_1_2)).isInstanceOf(TlsFailed.class);
    try (var ends = ends(strict, Version.TLS_1_3)) {
      assertThat(ends.control().tls()).isPresent();
    }
    assertThatThrownBy(() -> TlsServer.of(identity.identity, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void renewedCertificateIsShownToThoseWhoComeLater(Version version) throws Exception {
    var renewed = new TestIdentity("dns:localhost", "-1d");
    try (var old = ends(version)) {
      server.replace(renewed.identity);

      assertThat(download(old).resumed()).as("goes on").isTrue();
      old.client().forgetTls();
      assertThat(download(old).resumed()).isFalse();
      assertThatThrownBy(() -> ends(version)).isInstanceOf(CertificateRejected.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesGoThroughTlsToo(Version version) throws Exception {
    var path = java.nio.file.Files.createTempFile("sent", "");
    byte[] content = new byte[LENGTH];
    new Random(seed).nextBytes(content);
    java.nio.file.Files.write(path, content);
    try (var file = java.nio.channels.FileChannel.open(path);
        var ends = ends(version);
        var listener = ends.control().listenData(LocalPorts.any());
        var client = ends.client().connectData(listener.address(), LONG, soon());
        var data = listener.accept(LONG, soon())) {
      var sending =
          onAnotherThread(() -> {
            data.startTls(soon());
            long sent = data.send(file, 5, LENGTH);
            data.finish(soon());
            return sent;
          });
      client.startTls(soon());
      var into = ByteBuffer.allocate(LENGTH + 1);
      while (client.read(into) >= 0) {}
      client.finish(soon());
      assertThat(sending.get()).isEqualTo(LENGTH - 5);
      assertThat(Arrays.copyOf(into.array(), LENGTH - 5))
          .isEqualTo(Arrays.copyOfRange(content, 5, LENGTH));
    } finally {
      java.nio.file.Files.delete(path);
    }
  }
}
