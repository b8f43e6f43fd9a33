package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lifetime.Deadline;
import dev.berth.transport.AcceptedControl.Reading;
import dev.berth.transport.ConnectionLost.Manner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The server's end of a control connection, against sockets of the JDK. */
class AcceptedControlTest extends ServedTest {
  private static final Duration LONG = Duration.ofSeconds(20);

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

  @Test
  void bytesGoBothWaysUntilTheClientEnds() throws Exception {
    try (var client = call();
        var control = accept()) {
      control.write(bytes("220 hello\r\n"), soon());
      assertThat(LoopbackPeer.hear(client, 11)).isEqualTo("220 hello\r\n");
      LoopbackPeer.say(client, "NOOP\r\n");
      var into = ByteBuffer.allocate(100);

      assertThat(control.read(into, soon())).isEqualTo(Reading.ARRIVED);
      assertThat(text(into)).isEqualTo("NOOP\r\n");
      client.shutdownOutput();
      assertThat(control.read(into.clear(), soon())).isEqualTo(Reading.ENDED);
      control.write(bytes("221 bye\r\n"), soon());
      assertThat(LoopbackPeer.hear(client, 9)).isEqualTo("221 bye\r\n");
    }
  }

  @Test
  void afterAnIdleTimeTheClientIsStillToldWhy() throws Exception {
    try (var client = call();
        var control = accept()) {
      var into = ByteBuffer.allocate(100);

      assertThat(control.read(into, stall())).isEqualTo(Reading.TIMED_OUT);
      assertThat(control.read(into, soon())).as("once more").isEqualTo(Reading.TIMED_OUT);
      control.write(bytes("421 Idle for too long\r\n"), soon());
      control.closeGracefully(soon());
      assertThat(client.getInputStream().readAllBytes()).hasSize(23);
    }
  }

  @Test
  void aDeadlineThatIsOverIsNoRead() throws Exception {
    try (var client = call();
        var control = accept()) {
      LoopbackPeer.say(client, "NOOP\r\n");
      var past = Deadline.after(Duration.ZERO);
      assertThat(control.read(ByteBuffer.allocate(9), past)).isEqualTo(Reading.TIMED_OUT);
      control.write(bytes("421\r\n"), soon());
      assertThat(LoopbackPeer.hear(client, 5)).isEqualTo("421\r\n");
    }
  }

  @Test
  void theReaderIsWokenAndTheClientTold() throws Exception {
    try (var client = call();
        var control = accept()) {
      var reading = onAnotherThread(() -> control.read(ByteBuffer.allocate(9), soon()));

      control.interruptReading();
      assertThat(reading.get()).isEqualTo(Reading.WOKEN);
      control.write(bytes("421 Shutting down\r\n"), soon());
      control.closeGracefully(soon());
      assertThat(client.getInputStream().readAllBytes()).hasSize(19);
    }
  }

  @Test
  void whoIsWokenBeforeTheReadDoesNotBegin() throws Exception {
    try (var client = call();
        var control = accept()) {
      control.interruptReading();
      assertThat(control.read(ByteBuffer.allocate(9), soon())).isEqualTo(Reading.WOKEN);
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void aClientThatTakesNoReplyIsGivenUp() throws Exception {
    try (var client = call();
        var control = accept()) {
      var much = ByteBuffer.allocate(16 * 1024 * 1024);
      assertLost(Manner.TIMED_OUT, () -> control.write(much, stall()));
      assertLost(Manner.TIMED_OUT, () -> control.read(ByteBuffer.allocate(9), soon()));
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void oneThreadReadsWhileAnotherWrites() throws Exception {
    try (var client = call();
        var control = accept()) {
      var reading = onAnotherThread(() -> readTwelve(control));
      var answering = onAnotherThread(() -> LoopbackPeer.hear(client, 4_000_000));
      LoopbackPeer.say(client, "ABOR");
      control.write(ByteBuffer.allocate(4_000_000), soon());
      LoopbackPeer.say(client, "and more");

      assertThat(reading.get()).isEqualTo("ABORand more");
      assertThat(answering.get()).hasSize(4_000_000);
    }
  }

  private static String readTwelve(AcceptedControl control) throws IOException {
    var into = ByteBuffer.allocate(12);
    while (into.hasRemaining()) {
      assertThat(control.read(into, soon())).isEqualTo(Reading.ARRIVED);
    }
    return text(into);
  }

  @Test
  void whatTelnetSendsUrgentlyStaysInItsPlace() throws Exception {
    try (var client = call();
        var control = accept()) {
      LoopbackPeer.say(client, "\u00ff\u00f4\u00ff");
      client.sendUrgentData(0xF2);
      LoopbackPeer.say(client, "ABOR\r\n");
      var into = ByteBuffer.allocate(10);
      while (into.hasRemaining()) {
        assertThat(control.read(into, soon())).isEqualTo(Reading.ARRIVED);
      }
      assertThat(text(into)).isEqualTo("\u00ff\u00f4\u00ff\u00f2ABOR\r\n");
    }
  }

  @Test
  void aResetIsToldByTheReader() throws Exception {
    try (var client = call();
        var control = accept()) {
      LoopbackPeer.reset(client);
      assertLost(Manner.RESET, () -> control.read(ByteBuffer.allocate(9), soon()));
    }
  }

  @Test
  void interruptClosesIt() throws Exception {
    try (var client = call();
        var control = accept()) {
      Thread.currentThread().interrupt();
      assertLost(Manner.INTERRUPTED, () -> control.read(ByteBuffer.allocate(9), soon()));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aGracefulEndWaitsForTheClientsOwn() throws Exception {
    try (var client = call();
        var control = accept()) {
      LoopbackPeer.say(client, "QUIT\r\nand more");
      control.write(bytes("221 bye\r\n"), soon());
      var ending =
          onAnotherThread(() -> {
            control.closeGracefully(soon());
            return true;
          });
      assertThat(client.getInputStream().readAllBytes()).hasSize(9);
      assertThat(ending).isNotDone();
      client.shutdownOutput();
      assertThat(ending.get()).isTrue();
    }
  }

  @Test
  void activeModeConnectsFromTheAddressOfTheControlConnectionAndFromAPort() throws Exception {
    int free;
    try (var probe = new ServerSocket(0)) {
      free = probe.getLocalPort();
    }
    try (var client = call();
        var control = accept();
        var awaiting = new ServerSocket(0, 5, control.remote().getAddress())) {
      var address = (InetSocketAddress) awaiting.getLocalSocketAddress();
      for (int round = 0; round < 2; round++) {
        try (var other = new ServerSocket(0, 5, control.remote().getAddress())) {
          var at = (InetSocketAddress) other.getLocalSocketAddress();
          DataConnection data =
              control.connectData(new ActivePort.Fixed(free), at, LONG, soon(), begun -> {});
          try (var taken = other.accept()) {
            assertThat(taken.getPort()).isEqualTo(free);
            data.close(); // First, so that it is our port that lingers (TIME_WAIT).
            assertThat(taken.getInputStream().read()).isEqualTo(-1);
          }
        }
      }
      try (var data = control.connectData(ActivePort.any(), address, LONG, soon(), begun -> {});
          var taken = awaiting.accept()) {
        assertThat(taken.getInetAddress()).isEqualTo(control.local().getAddress());
        data.write(bytes("word"));
        assertThat(LoopbackPeer.hear(taken, 4)).isEqualTo("word");
      }
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void passiveModeLetsTheClientInAndNobodyElse() throws Exception {
    try (var client = call();
        var control = accept();
        var listener = control.listenData(LocalPorts.any())) {
      assertThat(listener.acceptNow(LONG)).as("nobody yet").isEmpty();
      try (var stranger = from("127.0.0.2", listener.address())) {
        assertThat(listener.acceptNow(LONG)).as("a stranger").isEmpty();
        stranger.setSoTimeout(10_000);
        assertThatThrownBy(() -> stranger.getInputStream().read()).hasMessageContaining("reset");
      }
      try (var caller = from("127.0.0.1", listener.address());
          var data = listener.acceptNow(LONG).orElseThrow()) {
        data.write(bytes("word"));
        assertThat(LoopbackPeer.hear(caller, 4)).isEqualTo("word");
      }
      assertLost(Manner.CLOSED_HERE, () -> listener.acceptNow(LONG));
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void passiveModeWaitsAfterItHasLooked() throws Exception {
    try (var client = call();
        var control = accept();
        var listener = control.listenData(LocalPorts.any())) {
      assertThat(listener.acceptNow(LONG)).isEmpty();
      var accepting = onAnotherThread(() -> listener.accept(LONG, soon()));
      try (var caller = from("127.0.0.1", listener.address());
          var data = accepting.get()) {
        LoopbackPeer.say(caller, "word");
        assertThat(data.read(ByteBuffer.allocate(9))).isEqualTo(4);
      }
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void afterALookTheWaitIsAWait() throws Exception {
    try (var client = call();
        var control = accept();
        var listener = control.listenData(LocalPorts.any())) {
      assertThat(listener.acceptNow(LONG)).isEmpty();
      assertLost(Manner.TIMED_OUT, () -> listener.accept(LONG, stall()));
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void othersMayCallWhereThatIsConfigured() throws Exception {
    try (var client = call();
        var control = accept();
        var listener =
            control.listenData(LocalPorts.any(), address -> address.isLoopbackAddress());
        var other = from("127.0.0.2", listener.address());
        var data = listener.accept(LONG, soon())) {
      data.write(bytes("word"));
      assertThat(LoopbackPeer.hear(other, 4)).isEqualTo("word");
      assertThat(client.isConnected()).isTrue();
    }
  }

  private static Socket from(String address, InetSocketAddress to) {
    try {
      var source = java.net.InetAddress.getByName(address);
      return new Socket(to.getAddress(), to.getPort(), source, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
