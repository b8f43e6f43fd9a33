package dev.berth.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Takes the bytes of a small file into memory, and no more than that. Confined to one thread. */
final class BoundedBytes implements WritableByteChannel {
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private final int most;
  private boolean tooMany;

  /** Takes at most so many; what comes behind them is dropped. */
  BoundedBytes(int most) {
    this.most = most;
  }

  /**
   * All that came.
   *
   * @throws IOException if it was more than there may be
   */
  byte[] bytes() throws IOException {
    if (tooMany) {
      throw new IOException("more than " + most + " bytes came");
    }
    return taken.toByteArray();
  }

  @Override
  public int write(ByteBuffer source) {
    int count = source.remaining();
    byte[] piece = new byte[Math.min(count, most - taken.size())];
    source.get(piece);
    taken.writeBytes(piece);
    tooMany |= piece.length < count;
    source.position(source.limit());
    return count;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // Memory alone.
  }
}
