package dev.berth.client;

import dev.berth.transport.DataConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * One RETR, begun and not yet run. Transfers that were begun on one connection are run in that
 * order, by the thread that owns the connection.
 */
public final class Retrieval {
  /** What came after so many bytes is written by a thread of its own, which costs its start. */
  private static final long BRIEF_BYTES = 4L * 1024 * 1024;

  private final DataCommand command;
  private final Buffers buffers;

  Retrieval(DataCommand command, Buffers buffers) {
    this.command = command;
    this.buffers = buffers;
  }

  /**
   * Takes the file's bytes, and the server's word that these were all.
   *
   * @param target gets the bytes in order, from one thread at a time; not closed
   * @return how many bytes came
   * @throws ReplyException when the server refused or broke it off; the connection may still be
   *     usable
   * @throws LocalException when the target failed; the connection is closed
   * @throws IOException when a connection failed; it is closed
   */
  public long run(WritableByteChannel target) throws IOException {
    DataConnection data = command.open();
    long moved;
    try {
      moved = receive(data, target);
      data.close();
    } catch (LocalException | RuntimeException e) {
      command.abandon(data);
      throw e;
    } catch (IOException e) {
      throw command.brokenOff(data, e);
    }
    command.complete();
    return moved;
  }

  /**
   * Gives up what was begun, before it is run, as our own side cannot take it. Never fails. The
   * connection is closed if the server has the command already.
   */
  public void abandon() {
    command.abandon();
  }

  private long receive(DataConnection data, WritableByteChannel target) throws IOException {
    ByteBuffer buffer = buffers.first().clear();
    long moved = 0;
    while (moved < BRIEF_BYTES) {
      int count = data.read(buffer);
      if (count < 0) {
        return moved;
      }
      moved += count;
      write(buffer.flip(), target);
      buffer.clear();
    }
    return moved + receiveMore(data, target);
  }

  private long receiveMore(DataConnection data, WritableByteChannel target) throws IOException {
    long moved = 0;
    try (var writer = WriteBehind.start(command + "/writer", target, buffers.second())) {
      ByteBuffer buffer = buffers.first().clear();
      for (int count = data.read(buffer); count >= 0; count = data.read(buffer)) {
        moved += count;
        buffer = writer.take(buffer);
      }
      writer.finish(buffer);
    }
    return moved;
  }

  private static void write(ByteBuffer buffer, WritableByteChannel target) throws LocalException {
    try {
      while (buffer.hasRemaining()) {
        target.write(buffer);
      }
    } catch (IOException e) {
      throw new LocalException(e);
    }
  }
}
