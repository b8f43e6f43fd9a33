package dev.berth.client;

import dev.berth.wire.Octets;
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
  private final ListingRoom room;
  private final Consumer<String> lines;
  private int count;
  private long total;
  private long taken;

  /**
   * A listing of which nothing has come yet.
   *
   * @param room where its lines must fit
   * @param lines gets each line without its line feed
   */
  LineSplitter(ListingRoom room, Consumer<String> lines) {
    this.room = room;
    this.lines = lines;
  }

  @Override
  public int write(ByteBuffer bytes) throws ListingTooLarge {
    int length = bytes.remaining();
    total += length;
    if (total > MOST_BYTES) {
      throw new ListingTooLarge("a listing of more than " + MOST_BYTES + " bytes");
    }
    while (bytes.hasRemaining()) {
      int end = lineFeed(bytes);
      append(bytes, end - bytes.position());
      if (bytes.hasRemaining()) {
        bytes.get();
        end();
      }
    }
    return length;
  }

  /** The index of the next line feed, or of the end. */
  private static int lineFeed(ByteBuffer bytes) {
    int at = bytes.position();
    while (at < bytes.limit() && bytes.get(at) != '\n') {
      at++;
    }
    return at;
  }

  private void append(ByteBuffer bytes, int count) throws ListingTooLarge {
    if (line.size() + count > LONGEST_LINE) {
      throw new ListingTooLarge("a listing with a line of more than " + LONGEST_LINE + " bytes");
    }
    byte[] piece = new byte[count];
    bytes.get(piece);
    line.writeBytes(piece);
  }

  /** Takes what stands behind the last line feed as a line. */
  void finish() throws ListingTooLarge {
    if (line.size() > 0) {
      end();
    }
  }

  private void end() throws ListingTooLarge {
    count++;
    if (count > MOST_LINES) {
      throw new ListingTooLarge("a listing of more than " + MOST_LINES + " lines");
    }
    taken += room.take(line.size());
    lines.accept(Octets.toText(line.toByteArray()));
    line.reset();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /** The lines are needed no more: their room is for others. */
  @Override
  public void close() {
    room.giveBack(taken);
    taken = 0;
    line.reset();
  }
}
