package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.transport.Tls.Version;
import dev.berth.wire.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Data connections in TLS, against the JDK's own server side. */
class TlsDataTest extends TransportTest {
  private static final int LENGTH = 3_000_000;
  private static TestIdentity identity;

  private final long seed = System.nanoTime();
  private final byte[] content = content(seed);

  @BeforeAll
  static void makeIdentity() throws Exception {
    identity = new TestIdentity("dns:localhost", "-1d");
  }

  private static byte[] content(long seed) {
    byte[] bytes = new byte[LENGTH];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** A control connection with one command; the peer hangs up then, which nobody looks at here. */
  private static LoopbackPeer.Script control() {
    return socket -> {
      SSLSocket tls = identity.accept(socket);
      LoopbackPeer.say(tls, "220 hello\r\n");
      tls.getInputStream().readNBytes(6);
      LoopbackPeer.say(tls, "200 ok\r\n");
    };
  }

  private static LoopbackPeer.Script data(LoopbackPeer.Script inTls) {
    return socket -> {
      SSLSocket tls = identity.accept(socket);
      inTls.play(tls);
    };
  }

  private ControlConnection connectTls(LoopbackPeer peer, Version version) throws Exception {
    var control = connect(peer);
    control.startTls(new Tls(identity.asAuthority(), "localhost", Set.of(version)), soon());
    control.readReply(soon());
    control.send(soon(), Command.of("NOOP"));
    control.readReply(soon());
    return control;
  }

  private DataConnection dataTls(LoopbackPeer peer, ControlConnection control) throws Exception {
    var data = connectData(peer, control);
    data.startTls(soon());
    return data;
  }

  private static byte[] readAll(DataConnection data, int bufferBytes) throws IOException {
    var all = new ByteArrayOutputStream();
    var buffer = ByteBuffer.allocate(bufferBytes);
    while (data.read(buffer) >= 0) {
      all.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
    return all.toByteArray();
  }

  private static void sendAll(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.close();
  }

  @ParameterizedTest
  @EnumSource
  void downloadIsWholeAndEndsWithCloseNotify(Version version) throws Exception {
    try (var peer = LoopbackPeer.playing(control(), data(socket -> sendAll(socket, content)));
        var control = connectTls(peer, version);
        var data = dataTls(peer, control)) {
      assertThat(readAll(data, 256 * 1024)).isEqualTo(content);
      assertThat(data.endedCleanly()).isTrue();
      data.finish(soon());
      peer.awaitEnd();
    }
  }

  @ParameterizedTest
  @EnumSource
  void readersBufferMayBeOfAnySize(Version version) throws Exception {
    byte[] some = java.util.Arrays.copyOf(content, 100_000);
    try (var peer = LoopbackPeer.playing(control(), data(socket -> sendAll(socket, some)));
        var control = connectTls(peer, version);
        var data = dataTls(peer, control)) {
      assertThat(readAll(data, 7)).isEqualTo(some);
    }
  }

  @ParameterizedTest
  @EnumSource
  void uploadIsWholeAndCloseNotifyIsHeard(Version version) throws Exception {
    var heard = new CompletableFuture<byte[]>();
    try (var peer =
            LoopbackPeer.playing(
                control(),
                data(socket -> {
                  // An SSLSocket's stream ends only with close_notify; a bare FIN throws.
                  heard.complete(socket.getInputStream().readAllBytes());
                  socket.close();
                }));
        var control = connectTls(peer, version);
        var data = dataTls(peer, control)) {
      data.write(ByteBuffer.wrap(content));
      data.finish(soon());
      assertThat(heard.get()).isEqualTo(content);
      peer.awaitEnd();
    }
  }

  @ParameterizedTest
  @EnumSource
  void cutDataIsNoCleanEnd(Version version) throws Exception {
    try (var peer =
            LoopbackPeer.playing(
                control(),
                socket -> {
                  SSLSocket tls = identity.accept(socket);
                  tls.getOutputStream().write(content, 0, 50_000);
                  socket.shutdownOutput();
                  LoopbackPeer.hearOut(socket);
                });
        var control = connectTls(peer, version);
        var data = dataTls(peer, control)) {
      assertThat(readAll(data, 8192)).hasSize(50_000);
      assertThat(data.endedCleanly()).isFalse();
      data.finish(soon());
    }
  }

  @ParameterizedTest
  @EnumSource
  void dataConnectionsResumeTheSessionOfTheirOwnControlConnection(Version version)
      throws Exception {
    // As require_ssl_reuse of vsftpd: what does not resume is refused in the handshake.
    var send =
        data(socket -> {
          ((SSLSocket) socket).setEnableSessionCreation(false);
          sendAll(socket, new byte[10]);
        });
    try (var peer = LoopbackPeer.playing(control(), send, send, control(), send, send, send, send);
        var first = connectTls(peer, version)) {
      transfer(peer, first);
      transfer(peer, first);
      try (var second = connectTls(peer, version)) {
        assertThat(second.tls().orElseThrow().resumed()).as("of another control").isFalse();
        transfer(peer, second);
        transfer(peer, first);
        transfer(peer, second);
        transfer(peer, first);
      }
      peer.awaitEnd();
    }
  }

  private void transfer(LoopbackPeer peer, ControlConnection control) throws Exception {
    assertThat(control.canResumeTls()).isTrue();
    try (var data = dataTls(peer, control)) {
      assertThat(data.tls().orElseThrow().resumed()).isTrue();
      assertThat(readAll(data, 100)).hasSize(10);
      data.finish(soon());
    }
  }

  @ParameterizedTest
  @EnumSource
  void newKeysInTheMiddleOfTheDataGoUnnoticed(Version version) throws Exception {
    // A second handshake: a key update in TLS 1.3, a renegotiation in TLS 1.2.
    try (var peer =
            LoopbackPeer.playing(
                control(),
                data(socket -> {
                  OutputStream out = socket.getOutputStream();
                  out.write(content, 0, LENGTH / 2);
                  var renegotiated = new CompletableFuture<Void>();
                  var tls = (SSLSocket) socket;
                  tls.addHandshakeCompletedListener(event -> renegotiated.complete(null));
                  tls.startHandshake();
                  var answers = CompletableFuture.supplyAsync(() -> hearOut(socket));
                  out.write(content, LENGTH / 2, LENGTH - LENGTH / 2);
                  if (version == Version.TLS_1_2) {
                    renegotiated.get();
                  }
                  socket.shutdownOutput();
                  answers.join();
                }));
        var control = connectTls(peer, version);
        var data = dataTls(peer, control)) {
      assertThat(readAll(data, 64 * 1024)).isEqualTo(content);
      assertThat(data.endedCleanly()).isTrue();
      data.finish(soon());
      peer.awaitEnd();
    }
  }

  private static long hearOut(Socket socket) {
    try {
      return LoopbackPeer.hearOut(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void recordsSplitAtAnyByteAreRead(Version version) throws Exception {
    byte[] some = java.util.Arrays.copyOf(content, 60_000);
    var random = new Random(seed);
    try (var peer = LoopbackPeer.playing(control(), data(socket -> sendAll(socket, some)));
        var relay = ChoppingRelay.before(peer.address(), random);
        var control = connectTls(peer, version);
        var data = control.connectData(relay.address(), java.time.Duration.ofSeconds(20), soon())) {
      data.startTls(soon());
      assertThat(readAll(data, 5000)).as("seed " + seed).isEqualTo(some);
      assertThat(data.endedCleanly()).isTrue();
    }
  }

  @Test
  void ticketsRunOutWithTls13AndThatIsTold() throws Exception {
    var silent =
        data(socket -> {
          socket.getInputStream().readAllBytes();
          socket.close();
        });
    try (var peer = LoopbackPeer.playing(control(), silent);
        var control = connectTls(peer, Version.TLS_1_3)) {
      assertThat(control.canResumeTls()).isTrue();
      var data = connectData(peer, control);
      data.startTls(soon());
      assertThat(control.canResumeTls()).as("one ticket, used").isFalse();
      data.finish(soon());
      assertThat(control.canResumeTls()).as("a new one came with the end").isTrue();
    }
  }
}
