package dev.berth.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one connection, plain or in TLS. One thread owns it; another may only close it,
 * which ends whatever the owner waits in. After any exception it is closed.
 */
interface ByteStream extends Closeable {
  /**
   * Waits for bytes.
   *
   * @return how many came, at least one; -1 at the end of the stream
   * @throws ConnectionLost if the connection ended otherwise
   */
  int read(ByteBuffer into, Wait wait) throws IOException;

  /**
   * Takes what has arrived, without waiting for the peer.
   *
   * @return whether nothing has: no byte, no part of one, no end of the stream
   */
  boolean isQuiet(ByteBuffer into) throws IOException;

  /** Writes all of it. */
  void write(ByteBuffer from, Wait wait) throws IOException;

  /**
   * Ends our side, reads and drops what still comes until the peer has ended its side, and closes.
   * A close with unread bytes would send an RST, which may overtake what was written.
   *
   * @throws ConnectionLost if the peer did not end in time, or, before its side had ended, reset
   */
  void finish(Wait wait) throws IOException;

  /** Whether the end of the stream that was read is one that only the peer can have made. */
  boolean endedCleanly();

  /** Closes at once, without a word. */
  @Override
  void close() throws IOException;
}
