package dev.berth.session;

import dev.berth.lifetime.Deadline;
import dev.berth.transport.AcceptedControl;
import dev.berth.wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Replies on their way to the client. Those to commands that were sent ahead go out together.
 * Confined to the session's thread.
 */
final class Replies {
  /** No more is kept back: a client that sends much and reads nothing is then waited for. */
  private static final int MOST_UNSENT_BYTES = 16 * 1024;

  private final AcceptedControl control;
  private final ByteArrayOutputStream unsent = new ByteArrayOutputStream(128);
  private int errors; // in a row

  Replies(AcceptedControl control) {
    this.control = control;
  }

  /** Goes out with the next flush at the latest. */
  void add(Reply reply) throws IOException {
    add(reply.bytes(), reply.isNegative());
  }

  /** Whole lines, in place of a reply; likewise. */
  void add(byte[] lines, boolean isNegative) throws IOException {
    unsent.writeBytes(lines);
    errors = isNegative ? errors + 1 : 0;
    if (unsent.size() > MOST_UNSENT_BYTES) {
      flush();
    }
  }

  /** How many of the last ones were negative. */
  int errors() {
    return errors;
  }

  void flush() throws IOException {
    if (unsent.size() > 0) {
      byte[] bytes = unsent.toByteArray();
      unsent.reset();
      control.write(ByteBuffer.wrap(bytes), Deadline.after(FrontSettings.REPLY_WITHIN));
    }
  }
}
