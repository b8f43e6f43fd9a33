package dev.berth.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Sends a file by the system's own call, on a virtual thread. That call neither parks there nor
 * lends its carrier out (JDK 25): on a socket that is full it answers 0 at once, so that a loop of
 * it would spin. So an ordinary write of a little, which parks until there is room, alternates with
 * it; the ordinary write also puts the socket into the mode in which the call does not wait.
 * Measured as fast as nothing but the system's call.
 */
final class FileSender {
  private static final int LITTLE_BYTES = 16 * 1024;

  /** A reader that keeps up shall not hold the carrier for the whole of a file. */
  private static final int MOST_AT_ONCE = 4 * 1024 * 1024;

  private final FileChannel file;
  private final PlainStream plain;
  private final Wait wait;

  FileSender(FileChannel file, PlainStream plain, Wait wait) {
    this.file = file;
    this.plain = plain;
    this.wait = wait;
  }

  /** As {@link DataConnection#send}. */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing here relies on the yield but fairness.
  long send(long position, long count) throws IOException {
    ByteBuffer little = ByteBuffer.allocate((int) Math.min(count, LITTLE_BYTES));
    long sent = 0;
    while (sent < count) {
      little.clear().limit((int) Math.min(little.capacity(), count - sent));
      if (file.read(little, position + sent) < 0) {
        break; // It ends here, or has been cut meanwhile.
      }
      little.flip();
      sent += little.remaining();
      plain.write(little, wait);
      if (sent < count) {
        sent +=
            plain.transferNow(file, position + sent, Math.min(count - sent, MOST_AT_ONCE), wait);
        Thread.yield();
      }
    }
    return sent;
  }
}
