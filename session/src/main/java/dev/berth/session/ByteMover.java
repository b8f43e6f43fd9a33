package dev.berth.session;

import dev.berth.transport.DataConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Moves the bytes of one transfer, piece by piece, at the rate that its user has. Confined to the
 * session's thread, but for {@link #moved}.
 */
final class ByteMover {
  /** So much fits into the system's buffers: such a transfer does not wait for the client. */
  private static final int SMALL_BYTES = 16 * 1024;

  /** How much is moved between two looks at the rate. */
  private static final int PIECE_BYTES = 256 * 1024;

  /** Likewise where there is no rate: as much as the system sends at once. */
  private static final int LARGE_PIECE_BYTES = 4 * 1024 * 1024;

  private final Session session;
  private final AtomicLong moved = new AtomicLong(); // bytes

  ByteMover(Session session) {
    this.session = session;
  }

  /** How many bytes so far, as they went over the wire or are in the file; on any thread. */
  long moved() {
    return moved.get();
  }

  /** A file as it is: by the system itself where it can. */
  void sendFile(DataConnection data, FileChannel file, OptionalLong size)
      throws IOException, InterruptedException {
    long position = file.position();
    long left = size.isPresent() ? size.getAsLong() : Math.max(0, file.size() - position);
    if (left > SMALL_BYTES) {
      session.flush();
    }
    Throttle throttle = session.visit().throttle();
    long piece = throttle.isUnlimited() ? LARGE_PIECE_BYTES : PIECE_BYTES;
    while (left > 0) {
      long count = data.send(file, position, Math.min(left, piece));
      if (count == 0) {
        throw new DataRefused(451, "cut", "The file became shorter on the way.");
      }
      position += count;
      left -= count;
      moved.addAndGet(count);
      throttle.retrieved(count);
      session.between();
    }
  }

  /** Whatever is to be changed on the way, or is no file. */
  void sendBytes(DataConnection data, ReadableByteChannel bytes, boolean isText)
      throws IOException, InterruptedException {
    ByteBuffer buffer = session.service().buffers().take();
    Throttle throttle = session.visit().throttle();
    try (OutgoingBytes outgoing = OutgoingBytes.of(bytes, session.state(), isText)) {
      boolean goesOn = outgoing.fill(buffer);
      while (goesOn) {
        if (buffer.remaining() > SMALL_BYTES) {
          session.flush();
        }
        int count = buffer.remaining();
        data.write(buffer);
        moved.addAndGet(count);
        throttle.retrieved(count);
        session.between();
        goesOn = outgoing.fill(buffer);
      }
    } finally {
      session.service().buffers().giveBack(buffer);
    }
  }

  /** Up to the end of the data connection. */
  void receiveBytes(DataConnection data, IncomingBytes bytes)
      throws IOException, InterruptedException {
    session.flush();
    ByteBuffer buffer = session.service().buffers().take();
    Throttle throttle = session.visit().throttle();
    try {
      while (data.read(buffer.clear()) >= 0) {
        int count = buffer.flip().remaining();
        bytes.write(buffer);
        moved.addAndGet(count);
        throttle.stored(count);
        session.between();
      }
    } finally {
      session.service().buffers().giveBack(buffer);
    }
  }
}
