package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lifetime.Deadline;
import dev.berth.transport.ConnectionLost.Manner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** One data connection, from the control connection's peer, within its time. */
class DataListenerTest extends TransportTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final byte[] WORD = {'w', 'o', 'r', 'd'};

  private static LoopbackPeer peer(CountDownLatch over) throws IOException {
    return LoopbackPeer.playing(socket -> over.await());
  }

  /** From whatever address of this host: the peer is 127.0.0.1. */
  private static Socket call(DataListener listener, String from) throws IOException {
    InetAddress source = InetAddress.getByName(from);
    return new Socket(listener.address().getAddress(), listener.address().getPort(), source, 0);
  }

  @Test
  void listensOnTheAddressOfTheControlConnectionAlone() throws Exception {
    var over = new CountDownLatch(1);
    try (var peer = peer(over);
        var control = connect(peer);
        var listener = control.listenData(LocalPorts.any())) {
      assertThat(listener.address().getAddress()).isEqualTo(control.local().getAddress());
      over.countDown();
    }
  }

  @Test
  void takesTheServersConnectionAndListensNoMore() throws Exception {
    var over = new CountDownLatch(1);
    try (var peer = peer(over);
        var control = connect(peer);
        var listener = control.listenData(LocalPorts.any());
        var server = call(listener, "127.0.0.1")) {
      server.getOutputStream().write(WORD);
      try (var data = listener.accept(LONG, soon())) {
        var buffer = ByteBuffer.allocate(10);
        assertThat(data.read(buffer)).isEqualTo(WORD.length);
      }
      assertThatThrownBy(() -> call(listener, "127.0.0.1")).isInstanceOf(ConnectException.class);
      over.countDown();
    }
  }

  @Test
  void strangersAreHungUpOnAndTheServerIsStillTaken() throws Exception {
    var over = new CountDownLatch(1);
    try (var peer = peer(over);
        var control = connect(peer);
        var listener = control.listenData(LocalPorts.any());
        var stranger = call(listener, "127.0.0.2");
        var server = call(listener, "127.0.0.1")) {
      server.getOutputStream().write(WORD);
      try (var data = listener.accept(LONG, soon())) {
        assertThat(data.read(ByteBuffer.allocate(10))).isEqualTo(WORD.length);
      }
      stranger.setSoTimeout(10_000);
      assertThatThrownBy(() -> stranger.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      over.countDown();
    }
  }

  @Test
  void nobodyCallsAndStrangersAreCounted() throws Exception {
    var over = new CountDownLatch(1);
    try (var peer = peer(over);
        var control = connect(peer);
        var listener = control.listenData(LocalPorts.any());
        var one = call(listener, "127.0.0.2");
        var other = call(listener, "127.0.0.3")) {
      var lost = assertLost(Manner.TIMED_OUT, () -> listener.accept(LONG, stall()));

      assertThat(lost)
          .hasMessageContaining("our port " + listener.address().getPort())
          .hasMessageContaining("2 connections from elsewhere closed, the last from 127.0.0.3");
      assertThat(one.isConnected() && other.isConnected()).isTrue();
      over.countDown();
    }
  }

  @Test
  void whoComesTooLateIsNotTaken() throws Exception {
    var over = new CountDownLatch(1);
    try (var peer = peer(over);
        var control = connect(peer);
        var listener = control.listenData(LocalPorts.any());
        var server = call(listener, "127.0.0.1")) {
      var past = Deadline.after(Duration.ZERO);
      assertLost(Manner.TIMED_OUT, () -> listener.accept(LONG, past));
      assertThat(server.isConnected()).isTrue();
      over.countDown();
    }
  }

  @Test
  void closeByAnotherThreadEndsTheWait() throws Exception {
    var over = new CountDownLatch(1);
    try (var peer = peer(over);
        var control = connect(peer)) {
      var listener = control.listenData(LocalPorts.any());
      var closing = CompletableFuture.runAsync(() -> close(listener));
      assertLost(Manner.CLOSED_HERE, () -> listener.accept(LONG, soon()));
      closing.join();
      over.countDown();
    }
  }

  private static void close(DataListener listener) {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void interruptEndsTheWait() throws Exception {
    var over = new CountDownLatch(1);
    try (var peer = peer(over);
        var control = connect(peer);
        var listener = control.listenData(LocalPorts.any())) {
      Thread.currentThread().interrupt();
      assertLost(Manner.INTERRUPTED, () -> listener.accept(LONG, soon()));
      assertThat(Thread.interrupted()).isTrue();
      over.countDown();
    }
  }

  @Test
  void aRangeIsKeptToAndItsEndIsSaid() throws Exception {
    var over = new CountDownLatch(1);
    try (var peer = peer(over);
        var control = connect(peer);
        var first = control.listenData(LocalPorts.any())) {
      int port = first.address().getPort();
      var range = new LocalPorts.Range(port, port);
      assertThatThrownBy(() -> control.listenData(range))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(port + "-" + port);
      assertLost(Manner.TIMED_OUT, () -> first.accept(LONG, stall()));
      try (var listener = control.listenData(range)) {
        assertThat(listener.address().getPort()).isEqualTo(port);
      }
      over.countDown();
    }
  }

  @Test
  void aRangeIsOfPortsThatUsersMayListenOn() {
    assertThatThrownBy(() -> new LocalPorts.Range(1023, 2000))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LocalPorts.Range(2000, 65_536))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LocalPorts.Range(3000, 2000))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
