package dev.berth.client;

import dev.berth.wire.Octets;
import dev.berth.wire.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.function.Consumer;

/** Cuts the bytes of a listing into lines, bounded in all ways. Confined to one thread. */
final class LineSplitter implements WritableByteChannel {
  /** Lines of a listing, at most: no folder that people list has more entries. */
  static final int MOST_LINES = 2_000_000;

  /** The longest line, in bytes. */
  static final int LONGEST_LINE = 64 * 1024;

  /** All lines together, in bytes: they are held in memory. */
  static final long MOST_BYTES = 256L * 1024 * 1024;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private final Consumer<String> lines;
  private int count;
  private long total;

  LineSplitter(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public int write(ByteBuffer bytes) throws ProtocolException {
    int length = bytes.remaining();
    total += length;
    if (total > MOST_BYTES) {
      throw new ProtocolException("a listing of more than " + MOST_BYTES + " bytes");
    }
    while (bytes.hasRemaining()) {
      byte octet = bytes.get();
      if (octet == '\n') {
        end();
      } else {
        line.write(octet);
        if (line.size() > LONGEST_LINE) {
          throw new ProtocolException(
              "a listing with a line of more than " + LONGEST_LINE + " bytes");
        }
      }
    }
    return length;
  }

  /** Takes what stands behind the last line feed as a line. */
  void finish() throws ProtocolException {
    if (line.size() > 0) {
      end();
    }
  }

  private void end() throws ProtocolException {
    count++;
    if (count > MOST_LINES) {
      throw new ProtocolException("a listing of more than " + MOST_LINES + " lines");
    }
    lines.accept(Octets.toText(line.toByteArray()));
    line.reset();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    line.reset();
  }
}
