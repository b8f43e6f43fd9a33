package dev.berth.session;

import dev.berth.transport.DataConnection;
import dev.berth.wire.Reply;
import java.io.Closeable;
import java.io.IOException;

/**
 * One transfer between a client and a server behind. The session calls, in this order and on its
 * thread: {@link #begin}, {@link #move}, {@link #complete}, {@link #close}; after a failure only
 * the last.
 *
 * <p>What fails towards the server is thrown as {@link RelayFailed}; what fails towards the client
 * is passed on as it is.
 */
public interface RelayedTransfer extends Closeable {
  /**
   * Gets the server to begin; may wait, and {@link RelayedCommand#hold} the client meanwhile.
   *
   * @return the preliminary reply, which the client gets
   * @throws RelayFailed with the server's refusal, or why it was not asked
   */
  Reply begin() throws IOException, InterruptedException;

  /**
   * Moves all bytes, to the end of the connection from which they come. Ends neither.
   *
   * @param client the client's data connection, ready
   */
  void move(DataConnection client) throws IOException, InterruptedException;

  /** How many bytes so far; on any thread. */
  long moved();

  /** Whether they come from the client. */
  boolean isUpload();

  /**
   * All has been moved; of an upload, all that the client wanted to send. Waits for the server's
   * last word.
   *
   * @return a positive one
   * @throws RelayFailed with any other
   */
  Reply complete() throws IOException;

  /** Any thread: a call of {@link #move} that waits ends. May be called twice. */
  void abort() throws IOException;

  /** Gives back what it has taken. What was not completed is ended. */
  @Override
  void close() throws IOException;
}
