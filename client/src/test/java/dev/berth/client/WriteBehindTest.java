package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that writes while its owner reads. */
@Timeout(60)
class WriteBehindTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int BUFFER = 1000;

  /** A target whose first write waits until it is let go. */
  private static final class Gate implements WritableByteChannel {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);
    final AtomicBoolean interrupted = new AtomicBoolean();
    final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Override
    public int write(ByteBuffer from) {
      entered.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        interrupted.set(true);
      }
      int count = from.remaining();
      byte[] bytes = new byte[count];
      from.get(bytes);
      written.writeBytes(bytes);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      throw new AssertionError("not ours to close");
    }
  }

  /** A target without space. */
  private static final class Full implements WritableByteChannel {
    final AtomicInteger writes = new AtomicInteger();

    @Override
    public int write(ByteBuffer from) throws IOException {
      writes.incrementAndGet();
      throw new IOException("no space left");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      throw new AssertionError("not ours to close");
    }
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocate(BUFFER);
  }

  @Test
  void everythingIsWrittenInOrderWhateverThePieces() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed of the pieces: " + seed);
    Random random = new Random(seed);
    byte[] all = new byte[300_000];
    random.nextBytes(all);
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    try (WriteBehind writer = WriteBehind.start("writer", Channels.newChannel(written), buffer())) {
      ByteBuffer into = buffer();
      for (int at = 0; at < all.length; ) {
        int piece = Math.min(all.length - at, 1 + random.nextInt(into.remaining()));
        into.put(all, at, piece);
        at += piece;
        into = writer.take(into);
        assertThat(into.hasRemaining()).isTrue();
      }
      writer.finish(into);
    }

    assertThat(written.toByteArray()).isEqualTo(all);
  }

  @Test
  void theOwnerGoesOnWhileTheTargetIsSlow() throws Exception {
    Gate gate = new Gate();
    try (WriteBehind writer = WriteBehind.start("writer", gate, buffer())) {
      ByteBuffer second = writer.take(buffer().put((byte) 1));
      gate.entered.await();

      assertThat(writer.take(second.put((byte) 2))).isSameAs(second);
      assertThat(writer.take(second.put((byte) 3))).isSameAs(second);
      gate.open.countDown();
      writer.finish(second);
    }

    assertThat(gate.written.toByteArray()).containsExactly(1, 2, 3);
  }

  @Test
  void aTargetThatFailsIsToldAndNotWrittenToAgain() throws IOException {
    Full full = new Full();
    WriteBehind writer = WriteBehind.start("writer", full, buffer());

    assertThatThrownBy(() -> writer.finish(writer.take(buffer().put((byte) 1))))
        .isInstanceOf(LocalException.class)
        .hasMessage("no space left");
    assertThatThrownBy(() -> writer.take(buffer().put((byte) 2)))
        .isInstanceOf(LocalException.class);
    writer.close();
    assertThat(full.writes).hasValue(1);
  }

  @Test
  void theEndWaitsForTheWriteUnderWayAndDoesNotBreakItOff() throws Exception {
    Gate gate = new Gate();
    WriteBehind writer = WriteBehind.start("writer", gate, buffer());
    writer.take(buffer().put((byte) 1));
    gate.entered.await();

    Thread closing = Thread.ofPlatform().start(() -> closeUnchecked(writer));
    Await.until(SOON, "the end waits", () -> closing.getState() == Thread.State.WAITING);
    gate.open.countDown();

    assertThat(closing.join(SOON)).isTrue();
    assertThat(gate.interrupted).isFalse();
    assertThat(gate.written.toByteArray()).containsExactly(1);
  }

  private static void closeUnchecked(WriteBehind writer) {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
