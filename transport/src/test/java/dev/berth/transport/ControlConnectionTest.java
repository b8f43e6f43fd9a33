package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.lifetime.Deadline;
import dev.berth.transport.ConnectionLost.Manner;
import dev.berth.wire.Command;
import dev.berth.wire.ProtocolException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ControlConnectionTest extends TransportTest {
  @Test
  void repliesArriveHoweverTheyAreSplit() throws Exception {
    String said = "220-Hello\r\n 220 not the end\r\n220 ready\r\n200 fine\n";
    try (var peer =
            LoopbackPeer.playing(socket -> {
              for (char c : said.toCharArray()) {
                LoopbackPeer.say(socket, String.valueOf(c));
              }
            });
        var control = connect(peer)) {
      assertThat(control.readReply(soon()).lines())
          .containsExactly("Hello", " 220 not the end", "ready");
      assertThat(control.readReply(soon()).toString()).isEqualTo("200 fine");
    }
  }

  @Test
  void severalCommandsGoOutTogetherAndTheirRepliesComeInOrder() throws Exception {
    var heard = new CompletableFuture<String>();
    try (var peer =
            LoopbackPeer.playing(socket -> {
              heard.complete(LoopbackPeer.hear(socket, 19));
              LoopbackPeer.say(socket, "229 (|||2121|)\r\n150 here\r\n");
            });
        var control = connect(peer)) {
      control.send(soon(), Command.of("EPSV"), Command.of("RETR", "some f"));
      assertThat(heard.get()).isEqualTo("EPSV\r\nRETR some f\r\n");
      assertThat(control.readReply(soon()).code()).isEqualTo(229);
      assertThat(control.readReply(soon()).code()).isEqualTo(150);
    }
  }

  @Test
  void greetingThatNeverComesEndsAtTheDeadlineAndSaysWhatWasAwaited() throws Exception {
    try (var peer = LoopbackPeer.playing(LoopbackPeer::hearOut);
        var control = connect(peer)) {
      var lost = assertLost(Manner.TIMED_OUT, () -> control.readReply(stall()));
      assertThat(lost)
          .hasMessageContaining("127.0.0.1 port " + peer.address().getPort())
          .hasMessageContaining("waiting for the greeting");
    }
  }

  @Test
  void dribbledReplyEndsAtTheDeadlineToo() throws Exception {
    var stop = new CountDownLatch(1);
    try (var peer =
            LoopbackPeer.playing(socket -> {
              while (!stop.await(1, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                LoopbackPeer.say(socket, "220-x\r\n");
              }
            });
        var control = connect(peer)) {
      assertLost(Manner.TIMED_OUT, () -> control.readReply(stall()));
      stop.countDown();
    }
  }

  @Test
  void replyWithoutEndIsRefused() throws Exception {
    byte[] line = ("220-" + "x".repeat(1000) + "\r\n").repeat(1000).getBytes();
    try (var peer =
            LoopbackPeer.playing(socket -> {
              try {
                while (true) {
                  socket.getOutputStream().write(line);
                }
              } catch (IOException hungUp) {
                socket.close();
              }
            });
        var control = connect(peer)) {
      assertThatThrownBy(() -> control.readReply(soon())).isInstanceOf(ProtocolException.class);
      assertLost(Manner.CLOSED_HERE, () -> control.readReply(soon()));
    }
  }

  @Test
  void whatIsNoReplyIsRefusedWithThePeerNamed() throws Exception {
    try (var peer =
            LoopbackPeer.playing(socket -> LoopbackPeer.say(socket, "SSH-2.0-OpenSSH_9.2\r\n"));
        var control = connect(peer)) {
      assertThatThrownBy(() -> control.readReply(soon()))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("127.0.0.1 port")
          .hasMessageContaining("SSH-2.0");
    }
  }

  @Test
  void silenceCutReplyAndResetAreToldApart() throws Exception {
    try (var peer =
        LoopbackPeer.playing(
            socket -> {},
            socket -> LoopbackPeer.say(socket, "421-Too many\r\n421"),
            LoopbackPeer::reset)) {
      try (var silent = connect(peer)) {
        assertLost(Manner.END_OF_STREAM, () -> silent.readReply(soon()));
      }
      try (var cut = connect(peer)) {
        assertLost(Manner.CUT_REPLY, () -> cut.readReply(soon()));
      }
      assertLost(
          Manner.RESET,
          () -> {
            try (var reset = connect(peer)) {
              reset.readReply(soon());
            }
          });
    }
  }

  @Test
  void nobodyListeningIsARefusedConnect() throws Exception {
    int port;
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = taken.getLocalPort();
    }
    var address = new InetSocketAddress("127.0.0.1", port);
    assertLost(
        Manner.CONNECT_REFUSED,
        () -> ControlConnection.connect(address, Source.any(), watchdog, soon()));
  }

  @Test
  void connectToAFullBacklogEndsAtTheDeadline() throws Exception {
    List<SocketChannel> fill = new ArrayList<>();
    try (var full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var address = (InetSocketAddress) full.getLocalSocketAddress();
      for (int i = 0; i < 4; i++) {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(address);
        fill.add(channel);
      }
      assertLost(
          Manner.TIMED_OUT,
          () -> ControlConnection.connect(address, Source.any(), watchdog, stall()));
    } finally {
      for (SocketChannel channel : fill) {
        channel.close();
      }
    }
  }

  @Test
  void connectionComesFromTheSourceAddress() throws Exception {
    var seen = new CompletableFuture<InetAddress>();
    try (var peer = LoopbackPeer.playing(socket -> seen.complete(socket.getInetAddress()))) {
      var source = InetAddress.getByName("127.0.0.2");
      try (var control =
          ControlConnection.connect(peer.address(), Source.of(source), watchdog, soon())) {
        assertThat(seen.get()).isEqualTo(source);
        assertThat(control.local().getAddress()).isEqualTo(source);
      }
    }
  }

  @Test
  void sourceAddressThatIsNotOursIsNotBlamedOnTheServer() throws Exception {
    try (var peer = LoopbackPeer.playing()) {
      var foreign = Source.of(InetAddress.getByName("192.0.2.1"));
      assertThatThrownBy(() -> ControlConnection.connect(peer.address(), foreign, watchdog, soon()))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(ConnectionLost.class)
          .hasMessageContaining("192.0.2.1");
    }
  }

  @Test
  void peerThatNeverReadsEndsTheSendAtTheDeadline() throws Exception {
    var stop = new CountDownLatch(1);
    try (var peer = LoopbackPeer.playing(socket -> stop.await());
        var control = connect(peer)) {
      Command[] many = new Command[2000];
      java.util.Arrays.fill(many, Command.of("SITE", "x".repeat(8000)));
      assertLost(Manner.TIMED_OUT, () -> control.send(stall(), many));
      stop.countDown();
    }
  }

  @Test
  void interruptIsReportedAsOursAndStaysSet() throws Exception {
    try (var peer = LoopbackPeer.playing(LoopbackPeer::hearOut);
        var control = connect(peer)) {
      onceItWaits(Thread.currentThread()::interrupt);
      var lost = assertLost(Manner.INTERRUPTED, () -> control.readReply(soon()));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(lost.manner().isOurs()).isTrue();
    }
  }

  @Test
  void closeByAnotherThreadEndsTheWait() throws Exception {
    try (var peer = LoopbackPeer.playing(LoopbackPeer::hearOut);
        var control = connect(peer)) {
      var closing = onceItWaits(control::close);
      assertLost(Manner.CLOSED_HERE, () -> control.readReply(soon()));
      closing.join();
    }
  }

  /** Acts as soon as the thread that calls this waits for something. */
  private static CompletableFuture<Void> onceItWaits(Closeable action) {
    Thread reader = Thread.currentThread();
    var done = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .start(() -> {
          while (reader.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
          try {
            action.close();
            done.complete(null);
          } catch (IOException e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  @Test
  void idleConnectionIsQuietUntilSomethingComes() throws Exception {
    var speak = new CountDownLatch(1);
    var spoken = new CountDownLatch(1);
    try (var peer =
            LoopbackPeer.playing(socket -> {
              speak.await();
              LoopbackPeer.say(socket, "421 Timeout.\r\n");
              spoken.countDown();
            });
        var control = connect(peer)) {
      assertThat(control.isQuiet()).isTrue();
      speak.countDown();
      spoken.await();
      awaitNotQuiet(control);
      assertThat(control.readReply(soon()).toString()).isEqualTo("421 Timeout.");
      peer.awaitEnd();
      awaitNotQuiet(control);
      assertLost(Manner.END_OF_STREAM, () -> control.readReply(soon()));
      assertThat(control.isQuiet()).isFalse();
    }
  }

  private static void awaitNotQuiet(ControlConnection control) {
    var deadline = soon();
    while (control.isQuiet()) {
      assertThat(deadline.isOver()).isFalse();
      Thread.onSpinWait();
    }
  }

  @Test
  void gracefulCloseWaitsForTheOtherSideAndDropsWhatStillComes() throws Exception {
    var heard = new CompletableFuture<Long>();
    try (var peer =
        LoopbackPeer.playing(socket -> {
          long rest = LoopbackPeer.hearOut(socket);
          LoopbackPeer.say(socket, "too late\r\n".repeat(5000));
          heard.complete(rest);
        })) {
      var control = connect(peer);
      control.closeGracefully(soon());
      assertThat(heard).isCompletedWithValue(0L);
      peer.awaitEnd();
    }
  }

  @Test
  void gracefulCloseOfAPeerThatStaysEndsAtTheDeadline() throws Exception {
    var stop = new CountDownLatch(1);
    try (var peer = LoopbackPeer.playing(socket -> stop.await());
        var control = connect(peer)) {
      assertLost(
          Manner.TIMED_OUT, () -> control.closeGracefully(Deadline.after(Duration.ofMillis(100))));
      stop.countDown();
    }
  }

  @Test
  void peerThatResetsHasEnded() throws Exception {
    try (var peer =
        LoopbackPeer.playing(socket -> {
          LoopbackPeer.say(socket, "221 Goodbye.\r\n");
          LoopbackPeer.hear(socket, 6);
          LoopbackPeer.reset(socket);
        })) {
      var control = connect(peer);
      control.readReply(soon());
      control.send(soon(), Command.of("QUIT"));
      control.closeGracefully(soon());
    }
  }
}
