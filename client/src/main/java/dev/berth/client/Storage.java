package dev.berth.client;

import dev.berth.transport.DataConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * One STOR, begun and not yet run; perhaps one that continues a part. Run by the thread that owns
 * the connection.
 */
public final class Storage {
  /**
   * Written at once. From a platform thread one write is one step to the stall guard, so a chunk
   * must not take a slow network longer than the timeout: 64 KiB in 30 s is 2 KiB/s.
   */
  private static final int CHUNK_BYTES = 64 * 1024;

  /** Opens the data connection; more than one command may be tried for that. */
  interface Start {
    /** The command that the server took, and its data connection. */
    Started open() throws IOException;
  }

  /** What has begun on the server. */
  record Started(DataCommand command, DataConnection data) {}

  private final Start start;
  private final ByteBuffer buffer;

  Storage(Start start, ByteBuffer buffer) {
    this.start = start;
    this.buffer = buffer;
  }

  /**
   * Sends all bytes of a source, and waits for the server's word that it has them.
   *
   * @param source read to its end; not closed
   * @return how many bytes went
   * @throws ReplyException when the server refused or broke it off; the connection may still be
   *     usable
   * @throws LocalException when the source failed; the connection may still be usable, what the
   *     server keeps is a part
   * @throws IOException when a connection failed; it is closed
   */
  public long run(ReadableByteChannel source) throws IOException {
    Started started = start.open();
    DataCommand command = started.command();
    DataConnection data = started.data();
    long moved = 0;
    try {
      while (read(source)) {
        moved += buffer.remaining();
        data.write(buffer);
      }
      command.finish(data);
    } catch (LocalException e) {
      command.cutOff(data);
      throw e;
    } catch (RuntimeException e) {
      command.abandon(data);
      throw e;
    } catch (IOException e) {
      throw command.brokenOff(data, e);
    }
    command.complete();
    return moved;
  }

  private boolean read(ReadableByteChannel source) throws LocalException {
    buffer.clear().limit(Math.min(CHUNK_BYTES, buffer.capacity()));
    try {
      boolean more = source.read(buffer) >= 0;
      buffer.flip();
      return more;
    } catch (IOException e) {
      throw new LocalException(e);
    }
  }
}
