package dev.berth.client;

import dev.berth.transport.DataConnection;
import dev.berth.wire.ProtocolException;
import dev.berth.wire.Reply;
import java.io.IOException;

/**
 * One transfer of a {@link Passage}, begun. Whoever got it moves the bytes over its data connection
 * and then ends it by one of {@link #complete}, {@link #brokenOff} and {@link #abort}; what is
 * called after that does nothing, or is refused. Called by the thread that has the connection, but
 * for {@link #cut}.
 */
public final class Carriage {
  private static final Reply BEGINNING = Reply.of(150, "Opening data connection.");

  private final Passage passage;
  private final DataCommand command;
  private final DataConnection data;
  private final long offset;
  private boolean isOver; // confined to the connection's thread

  Carriage(Passage passage, DataCommand command, DataConnection data, long offset) {
    this.passage = passage;
    this.command = command;
    this.data = data;
    this.offset = offset;
  }

  /**
   * The server's word that it begins, as it said it; of a server that said none, a 150 of our own.
   */
  public Reply preliminary() {
    return command.preliminary().orElse(BEGINNING);
  }

  /** Ready for the bytes, in TLS if the connection protects data. Ended by this carriage. */
  public DataConnection data() {
    return data;
  }

  /**
   * Whether the server has said something since it began, or has ended its connection: then an
   * upload that is not over has come to nothing, and {@link #brokenOff} tells why. Does not block.
   */
  public boolean hasServerSpoken() {
    return command.isAnswered();
  }

  /**
   * Ends in order. Of a download: once all was read, to the end. Of an upload: once all was
   * written; the server learns that it was all.
   *
   * @return the server's word that it is done
   * @throws ReplyException if the server says that it is not; the connection may still be usable
   * @throws ProtocolException if a download in TLS ended without a close_notify, or was not read to
   *     its end, so that it may have been cut; the connection may still be usable
   * @throws IOException if a connection failed; it is closed
   */
  public Reply complete() throws IOException {
    begin();
    boolean isWhole = command.isUpload() || data.endedCleanly();
    try {
      endData();
    } catch (RuntimeException e) {
      command.abandon(data);
      throw e;
    } catch (IOException e) {
      throw broken(e);
    }
    Reply reply = completion();
    if (!isWhole) {
      throw new ProtocolException("the data may have been cut: TLS ended without a close_notify");
    }
    return reply;
  }

  private void endData() throws IOException {
    if (command.isUpload()) {
      command.finish(data);
    } else {
      data.close();
    }
  }

  private Reply completion() throws IOException {
    try {
      Reply reply = command.complete();
      passage.ended(0);
      return reply;
    } catch (ReplyException e) {
      command.proveOrder(); // Some servers answer a broken transfer twice.
      passage.ended(offset);
      throw e;
    }
  }

  /**
   * Ends after the data connection failed: says why, which the server often tells in its reply.
   *
   * @param failure as the data connection threw it
   * @return to be thrown: a {@link ReplyException} if the server told; the connection may still be
   *     usable then
   */
  public IOException brokenOff(IOException failure) {
    begin();
    return broken(failure);
  }

  private IOException broken(IOException failure) {
    IOException told = command.brokenOff(data, failure);
    passage.ended(offset);
    return told;
  }

  /**
   * Ends after our own side failed, or as the client wants it: closes the data connection, so that
   * the server does not take what it has for the whole, and brings the connection in order, or out
   * of use. Does nothing if it has ended. Never throws.
   */
  public void abort() {
    if (isOver) {
      return;
    }
    isOver = true;
    try {
      command.cutOff(data);
      passage.ended(offset);
    } catch (IllegalStateException e) {
      command.abandon(data); // The program has closed its watchdog: nothing may wait any more.
    }
  }

  /**
   * Closes the data connection, so that a read or write that waits fails. Any thread may call it;
   * the carriage is still to be ended by its own.
   */
  public void cut() {
    command.cut(data);
  }

  private void begin() {
    if (isOver) {
      throw new IllegalStateException("the transfer has ended");
    }
    isOver = true;
  }
}
