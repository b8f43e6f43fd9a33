package dev.berth.session;

import dev.berth.lifetime.Deadline;
import dev.berth.transport.AcceptedControl;
import dev.berth.wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Replies on their way to the client. Those to commands that were sent ahead go out together.
 *
 * <p>Used by the session's thread, and by the one that listens in a transfer, which answers STAT.
 */
final class Replies {
  /** No more is kept back: a client that sends much and reads nothing is then waited for. */
  private static final int MOST_UNSENT_BYTES = 16 * 1024;

  private final AcceptedControl control;
  private final ReentrantLock lock = new ReentrantLock(); // held while something is written, too
  private final ByteArrayOutputStream unsent = new ByteArrayOutputStream(128); // guarded by lock
  private int errors; // guarded by lock; in a row

  Replies(AcceptedControl control) {
    this.control = control;
  }

  /** Goes out with the next flush at the latest. */
  void add(Reply reply) throws IOException {
    add(reply.bytes(), reply.isNegative());
  }

  /** A line of a reply that goes on; likewise. */
  void addPart(int code, String line) throws IOException {
    byte[] reply = new Reply(code, List.of(line, "")).bytes();
    int end = 0;
    while (reply[end] != '\n') {
      end++;
    }
    add(Arrays.copyOf(reply, end + 1), false);
  }

  /** Whole lines, in place of a reply; likewise. */
  void add(byte[] lines, boolean isNegative) throws IOException {
    lock.lock();
    try {
      unsent.writeBytes(lines);
      errors = isNegative ? errors + 1 : 0;
      if (unsent.size() > MOST_UNSENT_BYTES) {
        flush();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many of the last ones were negative. */
  int errors() {
    lock.lock();
    try {
      return errors;
    } finally {
      lock.unlock();
    }
  }

  void flush() throws IOException {
    lock.lock();
    try {
      if (unsent.size() > 0) {
        byte[] bytes = unsent.toByteArray();
        unsent.reset();
        control.write(ByteBuffer.wrap(bytes), Deadline.after(FrontSettings.REPLY_WITHIN));
      }
    } finally {
      lock.unlock();
    }
  }
}
