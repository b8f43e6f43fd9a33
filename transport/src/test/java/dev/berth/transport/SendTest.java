package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.transport.ConnectionLost.Manner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files sent by the system, on virtual threads. */
class SendTest extends ServedTest {
  private static final int LENGTH = 12_000_000;
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final long seed = System.nanoTime();
  private FileChannel file;
  private byte[] content;
  private Socket client;
  private AcceptedControl control;
  private ServerSocket awaiting;

  @BeforeEach
  void makeFile() throws IOException {
    content = new byte[LENGTH];
    new Random(seed).nextBytes(content);
    file =
        FileChannel.open(
            folder.resolve("file"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    file.write(ByteBuffer.wrap(content));
    client = call();
    control = accept();
    awaiting = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  }

  @AfterEach
  void close() throws IOException {
    awaiting.close();
    control.close();
    client.close();
    file.close();
  }

  private DataConnection data(Duration stall) throws IOException {
    return control.connectData(
        ActivePort.any(),
        (InetSocketAddress) awaiting.getLocalSocketAddress(),
        stall,
        soon(),
        begun -> {});
  }

  private static CompletableFuture<byte[]> hear(Socket reader) {
    var heard = new CompletableFuture<byte[]>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            heard.complete(reader.getInputStream().readAllBytes());
            reader.shutdownOutput();
          } catch (IOException e) {
            heard.completeExceptionally(e);
          }
        });
    return heard;
  }

  @Test
  void fileArrivesWholeFromAnyPosition() throws Exception {
    for (int position : new int[] {0, 1, LENGTH - 20_000, LENGTH - 1, LENGTH}) {
      try (var data = data(LONG);
          var reader = awaiting.accept()) {
        var heard = hear(reader);
        assertThat(data.send(file, position, LENGTH - position)).isEqualTo(LENGTH - position);
        data.finish(soon());
        assertThat(heard.get())
            .as("from %s, seed %s", position, seed)
            .isEqualTo(Arrays.copyOfRange(content, position, LENGTH));
      }
    }
  }

  @Test
  void noMoreIsSentThanWasAskedFor() throws Exception {
    for (int count : new int[] {0, 1, 16_384, 16_385, 5_000_000}) {
      try (var data = data(LONG);
          var reader = awaiting.accept()) {
        var heard = hear(reader);
        assertThat(data.send(file, 7, count)).isEqualTo(count);
        data.finish(soon());
        assertThat(heard.get()).isEqualTo(Arrays.copyOfRange(content, 7, 7 + count));
      }
    }
  }

  @Test
  void platformThreadSendsTheSame() throws Exception {
    try (var data = data(LONG);
        var reader = awaiting.accept()) {
      var heard = hear(reader);
      var sent = new CompletableFuture<Long>();
      Thread.ofPlatform()
          .start(() -> {
            try {
              sent.complete(data.send(file, 0, LENGTH));
              data.finish(soon());
            } catch (IOException e) {
              sent.completeExceptionally(e);
            }
          });
      assertThat(heard.get()).isEqualTo(content);
      assertThat(sent).isCompletedWithValue((long) LENGTH);
    }
  }

  @Test
  void readerThatNeverReadsStalls() throws Exception {
    try (var data = data(STALL);
        var reader = awaiting.accept()) {
      assertLost(Manner.TIMED_OUT, () -> data.send(file, 0, LENGTH));
      assertThat(reader.isConnected()).isTrue();
    }
  }

  @Test
  void slowReaderGetsAll() throws Exception {
    try (var data = data(Duration.ofSeconds(2));
        var reader = awaiting.accept()) {
      var all = new byte[LENGTH];
      var sending = new CompletableFuture<Long>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              sending.complete(data.send(file, 0, LENGTH));
            } catch (IOException e) {
              sending.completeExceptionally(e);
            }
          });
      // In pieces that leave the socket full over and over.
      for (int at = 0; at < LENGTH; ) {
        at += reader.getInputStream().readNBytes(all, at, Math.min(3000, LENGTH - at));
      }
      assertThat(all).as("seed %s", seed).isEqualTo(content);
      assertThat(sending.get()).isEqualTo(LENGTH);
    }
  }

  @Test
  void readersThatDoNotReadHoldNoCarrier() throws Exception {
    List<Socket> readers = new ArrayList<>();
    List<DataConnection> stuck = new ArrayList<>();
    for (int n = 0; n < Runtime.getRuntime().availableProcessors() + 2; n++) {
      var data = data(LONG);
      stuck.add(data);
      readers.add(awaiting.accept());
      Thread.ofVirtual()
          .start(() -> assertLost(Manner.CLOSED_HERE, () -> data.send(file, 0, LENGTH)));
    }

    // This test runs on a virtual thread itself: it goes on only if a carrier is free.
    try (var data = data(LONG);
        var reader = awaiting.accept()) {
      var heard = hear(reader);
      data.send(file, 0, LENGTH);
      data.finish(soon());
      assertThat(heard.get()).isEqualTo(content);
    }
    for (int n = 0; n < stuck.size(); n++) {
      stuck.get(n).abort();
      readers.get(n).close();
    }
  }

  @Test
  void readerThatGoesAwayIsTold() throws Exception {
    try (var data = data(LONG);
        var reader = awaiting.accept()) {
      LoopbackPeer.reset(reader);
      assertLost(Manner.RESET, () -> data.send(file, 0, LENGTH));
      assertThat(file.isOpen()).isTrue();
    }
  }

  @Test
  void fileThatShrinksMeanwhileEndsWhereItEnds() throws Exception {
    try (var data = data(LONG);
        var reader = awaiting.accept()) {
      var heard = new CompletableFuture<Integer>();
      Thread.ofPlatform()
          .start(() -> {
            try {
              reader.getInputStream().readNBytes(100_000);
              file.truncate(LENGTH / 2);
              heard.complete(100_000 + reader.getInputStream().readAllBytes().length);
              reader.shutdownOutput();
            } catch (IOException e) {
              heard.completeExceptionally(e);
            }
          });
      long sent = data.send(file, 0, LENGTH);
      data.finish(soon());

      assertThat(sent).isBetween(100_000L, (long) LENGTH - 1);
      assertThat(heard.get()).isEqualTo((int) sent);
    }
  }

  @Test
  void positionsBeyondTwoGibibytes() throws Exception {
    long start = 3L * 1024 * 1024 * 1024;
    file.write(ByteBuffer.wrap(content, 0, 5_000_000), start);
    try (var data = data(LONG);
        var reader = awaiting.accept()) {
      var heard = hear(reader);
      assertThat(data.send(file, start - 10, Long.MAX_VALUE)).isEqualTo(5_000_010);
      data.finish(soon());
      byte[] bytes = heard.get();
      assertThat(Arrays.copyOf(bytes, 10)).containsOnly(0);
      assertThat(Arrays.copyOfRange(bytes, 10, bytes.length))
          .isEqualTo(Arrays.copyOf(content, 5_000_000));
    }
  }

  @Test
  void fileThatCannotBeReadIsNotTakenForALostConnection() throws Exception {
    try (var data = data(LONG);
        var reader = awaiting.accept()) {
      file.close();
      assertThatThrownBy(() -> data.send(file, 0, LENGTH))
          .isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(() -> reader.getInputStream().read())
          .as("no end that looks like one")
          .hasMessageContaining("reset");
    }
  }
}
