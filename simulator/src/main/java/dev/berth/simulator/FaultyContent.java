package dev.berth.simulator;

import dev.berth.lifetime.Pause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** The bytes of one data connection, with its faults. Confined to the thread that transfers. */
final class FaultyContent {
  private static final int PIECE_BYTES = 16 * 1024;

  private final DataFaults faults;
  private long moved;
  private boolean hasStalled;

  FaultyContent(DataFaults faults) {
    this.faults = faults;
  }

  /** The same bytes on their way to the client. */
  ReadableByteChannel read(ReadableByteChannel from) {
    return new ReadableByteChannel() {
      @Override
      public int read(ByteBuffer into) throws IOException {
        int begin = into.position();
        ByteBuffer piece = into.slice();
        piece.limit(room(into.remaining()));
        int count = from.read(piece);
        if (count > 0) {
          corrupt(piece.flip());
          into.position(begin + count);
          moved += count;
        }
        return count;
      }

      @Override
      public boolean isOpen() {
        return from.isOpen();
      }

      @Override
      public void close() throws IOException {
        from.close();
      }
    };
  }

  /** The same bytes on their way from the client. */
  WritableByteChannel write(WritableByteChannel to) {
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer bytes) throws IOException {
        int count = room(bytes.remaining());
        ByteBuffer piece = bytes.slice().limit(count);
        while (piece.hasRemaining()) {
          to.write(piece);
        }
        bytes.position(bytes.position() + count);
        moved += count;
        return count;
      }

      @Override
      public boolean isOpen() {
        return to.isOpen();
      }

      @Override
      public void close() throws IOException {
        to.close();
      }
    };
  }

  /** How many bytes may be moved now: up to the next fault, which comes when it is reached. */
  private int room(int wanted) throws IOException {
    if (moved >= faults.cutEvery()) {
      throw new IOException("cut after " + moved + " bytes, as was wished");
    }
    if (moved >= faults.stallAfter() && !hasStalled) {
      hasStalled = true;
      stall();
    }
    long room = Math.min(wanted, faults.cutEvery() - moved);
    if (!hasStalled) {
      room = Math.min(room, faults.stallAfter() - moved);
    }
    return (int) Math.min(room, PIECE_BYTES);
  }

  private void stall() throws IOException {
    try {
      Pause.of(faults.stall());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in a stall", e);
    }
  }

  private void corrupt(ByteBuffer bytes) {
    long every = faults.corruptEvery();
    long next = (moved / every + 1) * every - 1;
    while (next < moved + bytes.limit()) {
      int at = (int) (next - moved);
      bytes.put(at, (byte) (bytes.get(at) ^ 1));
      next += every;
    }
  }
}
