package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.transport.ConnectionLost.Manner;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DataConnectionTest extends TransportTest {
  private static final int MEBIBYTE = 1024 * 1024;

  private static LoopbackPeer peer(LoopbackPeer.Script data) throws Exception {
    return LoopbackPeer.playing(socket -> {}, data);
  }

  @Test
  void downloadEndsCleanlyWithTheFinOfThePeer() throws Exception {
    try (var peer = peer(socket -> socket.getOutputStream().write(new byte[MEBIBYTE]));
        var control = connect(peer);
        var data = connectData(peer, control)) {
      long count = 0;
      var buffer = ByteBuffer.allocateDirect(256 * 1024);
      for (int n = data.read(buffer); n >= 0; n = data.read(buffer)) {
        count += n;
        buffer.clear();
      }
      assertThat(count).isEqualTo(MEBIBYTE);
      assertThat(data.endedCleanly()).isTrue();
      data.finish(soon());
    }
  }

  @Test
  void uploadArrivesWholeBeforeFinishReturns() throws Exception {
    var heard = new CompletableFuture<Long>();
    try (var peer = peer(socket -> heard.complete(LoopbackPeer.hearOut(socket)));
        var control = connect(peer);
        var data = connectData(peer, control)) {
      data.write(ByteBuffer.allocateDirect(MEBIBYTE));
      data.finish(soon());
      assertThat(heard).isCompletedWithValue((long) MEBIBYTE);
    }
  }

  @Test
  void peerThatSendsNothingStalls() throws Exception {
    try (var peer = peer(LoopbackPeer::hearOut);
        var control = connect(peer);
        var data = control.connectData(peer.address(), STALL, soon())) {
      assertLost(Manner.TIMED_OUT, () -> data.read(ByteBuffer.allocate(10)));
    }
  }

  @Test
  void peerThatNeverReadsStalls() throws Exception {
    var stop = new CountDownLatch(1);
    try (var peer = peer(socket -> stop.await());
        var control = connect(peer);
        var data = control.connectData(peer.address(), STALL, soon())) {
      assertLost(Manner.TIMED_OUT, () -> data.write(ByteBuffer.allocateDirect(64 * MEBIBYTE)));
      stop.countDown();
    }
  }

  @Test
  void slowPeerThatMovesIsNoStall() throws Exception {
    int pieces = 8;
    int pieceBytes = 256;
    var stall = Duration.ofSeconds(1);
    try (var peer =
            peer(socket -> {
              var pause = new CountDownLatch(1);
              for (int i = 0; i < pieces; i++) {
                pause.await(150, TimeUnit.MILLISECONDS);
                LoopbackPeer.say(socket, "x".repeat(pieceBytes));
              }
            });
        var control = connect(peer);
        var data = control.connectData(peer.address(), stall, soon())) {
      var buffer = ByteBuffer.allocate(10_000);
      for (int n = data.read(buffer); n >= 0; n = data.read(buffer)) {
        assertThat(buffer.hasRemaining()).isTrue();
      }
      assertThat(buffer.position()).isEqualTo(pieces * pieceBytes);
    }
  }

  @Test
  void peerThatDribblesStallsThoughEveryByteComesInTime() throws Exception {
    var stop = new CountDownLatch(1);
    try (var peer =
            peer(socket -> {
              while (!stop.await(STALL.toMillis() / 5, TimeUnit.MILLISECONDS)) {
                LoopbackPeer.say(socket, "x");
              }
            });
        var control = connect(peer);
        var data = control.connectData(peer.address(), STALL, soon())) {
      var buffer = ByteBuffer.allocate(1000);
      assertLost(
          Manner.TIMED_OUT,
          () -> {
            while (buffer.hasRemaining()) {
              data.read(buffer);
            }
          });
      assertThat(buffer.position()).isBetween(1, 20);
      stop.countDown();
    }
  }

  /** Silence that was short enough is not held against the bytes that end it, nor the FIN. */
  @Test
  void aFewBytesAfterALongSilenceHaveTheWholeTimeAgain() throws Exception {
    var never = new CountDownLatch(1);
    long pause = STALL.toMillis() * 3 / 4;
    try (var peer =
            peer(socket -> {
              assertThat(never.await(pause, TimeUnit.MILLISECONDS)).isFalse();
              LoopbackPeer.say(socket, "x");
              assertThat(never.await(pause, TimeUnit.MILLISECONDS)).isFalse();
            });
        var control = connect(peer);
        var data = control.connectData(peer.address(), STALL, soon())) {
      var buffer = ByteBuffer.allocate(10);
      assertThat(data.read(buffer)).isEqualTo(1);
      assertThat(data.read(buffer)).isEqualTo(-1);
    }
  }

  @Test
  void timeThatWeTakeOurselvesIsNoStall() throws Exception {
    int bytes = 5;
    var pause = new CountDownLatch(1);
    try (var peer = peer(socket -> LoopbackPeer.say(socket, "x".repeat(bytes)));
        var control = connect(peer);
        var data = control.connectData(peer.address(), STALL, soon())) {
      for (int n = 0; n < bytes; n++) {
        assertThat(data.read(ByteBuffer.allocate(1))).isEqualTo(1);
        pause.await(STALL.toMillis() / 2, TimeUnit.MILLISECONDS);
      }
      assertThat(data.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void resetInTheMiddleIsNoEnd() throws Exception {
    try (var peer =
            peer(socket -> {
              LoopbackPeer.say(socket, "half");
              LoopbackPeer.hear(socket, 1);
              LoopbackPeer.reset(socket);
            });
        var control = connect(peer);
        var data = connectData(peer, control)) {
      var buffer = ByteBuffer.allocate(100);
      while (buffer.position() < 4) {
        data.read(buffer);
      }
      data.write(ByteBuffer.wrap(new byte[1]));
      assertLost(Manner.RESET, () -> data.read(buffer));
      assertThat(data.endedCleanly()).isFalse();
    }
  }

  @Test
  void abortTellsThePeerThatTheFileIsNotWhole() throws Exception {
    var peerSaw = new CompletableFuture<Void>();
    try (var peer =
            peer(socket -> {
              assertThatThrownBy(() -> LoopbackPeer.hearOut(socket))
                  .isInstanceOf(SocketException.class);
              peerSaw.complete(null);
            });
        var control = connect(peer);
        var data = connectData(peer, control)) {
      data.write(ByteBuffer.wrap(new byte[100]));
      data.abort();
      data.abort();
      peer.awaitEnd();
      assertThat(peerSaw).isCompleted();
    }
  }

  @Test
  void tlsWithoutTlsOnTheControlConnectionIsMisuse() throws Exception {
    try (var peer = peer(LoopbackPeer::hearOut);
        var control = connect(peer);
        var data = connectData(peer, control)) {
      assertThatThrownBy(() -> data.startTls(soon())).isInstanceOf(IllegalStateException.class);
    }
  }
}
