package dev.berth.client;

import dev.berth.transport.DataConnection;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One RETR, begun and not yet run. Transfers that were begun on one connection are run in that
 * order, by the thread that owns the connection.
 */
public final class Retrieval {
  private final DataCommand command;
  private final ByteBuffer buffer;
  private boolean endedCleanly;
  private @Nullable Reply completion;

  Retrieval(DataCommand command, ByteBuffer buffer) {
    this.command = command;
    this.buffer = buffer;
  }

  /**
   * Takes the file's bytes, and the server's word that these were all.
   *
   * @param target gets the bytes in order; not closed
   * @return how many bytes came
   * @throws ReplyException when the server refused or broke it off; the connection may still be
   *     usable
   * @throws LocalException when the target failed; the connection may still be usable
   * @throws IOException when a connection failed; it is closed
   */
  public long run(WritableByteChannel target) throws IOException {
    DataConnection data = command.open();
    long moved = 0;
    try {
      buffer.clear();
      while (data.read(buffer) >= 0) {
        buffer.flip();
        moved += buffer.remaining();
        write(target);
        buffer.clear();
      }
      endedCleanly = data.endedCleanly();
      data.close();
    } catch (LocalException e) {
      command.cutOff(data);
      throw e;
    } catch (RuntimeException e) {
      command.abandon(data);
      throw e;
    } catch (IOException e) {
      throw command.brokenOff(data, e);
    }
    completion = command.complete();
    return moved;
  }

  /**
   * Whether the end of the data was the server's own. In TLS it says so (close_notify); without it
   * somebody on the way may have cut off the rest before the server knew, and its 226 says nothing
   * of that. Then what came is whole only if its size is known and fits.
   */
  public boolean endedCleanly() {
    return endedCleanly;
  }

  /** The server's word that these were all; only after it was run. */
  Reply completion() {
    return Objects.requireNonNull(completion);
  }

  /**
   * Gives up what was begun, before it is run, as our own side cannot take it. Never fails. The
   * connection is closed if the server has the command already.
   */
  public void abandon() {
    command.abandon();
  }

  private void write(WritableByteChannel target) throws LocalException {
    try {
      while (buffer.hasRemaining()) {
        target.write(buffer);
      }
    } catch (IOException e) {
      throw new LocalException(e);
    }
  }
}
