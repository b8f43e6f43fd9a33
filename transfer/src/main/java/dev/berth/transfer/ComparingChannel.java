package dev.berth.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Takes bytes that are to be the same as those of a file from a given place on, and stores none of
 * them. Confined to one thread.
 */
final class ComparingChannel implements WritableByteChannel {
  /** The bytes that came are not those of the file. */
  static final class Differs extends IOException {
    private static final long serialVersionUID = 1;

    private Differs(long at) {
      super("it differs from the bytes here at byte " + at + " or behind it");
    }
  }

  static final int BUFFER_BYTES = 64 * 1024;

  private final FileChannel file;
  private final Ledger ledger;
  private long position;
  private @Nullable ByteBuffer buffer; // most downloads compare nothing, and never need it

  ComparingChannel(FileChannel file, long position, Ledger ledger) {
    this.file = file;
    this.ledger = ledger;
    this.position = position;
  }

  /** Up to where all were the same. */
  long position() {
    return position;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int count = from.remaining();
    while (from.hasRemaining()) {
      int some = Math.min(from.remaining(), BUFFER_BYTES);
      ledger.pay(some);
      compare(from, some);
    }
    return count;
  }

  /** Compares some bytes, paid for by the caller; at most as many as the buffer holds. */
  void compare(ByteBuffer from, int count) throws IOException {
    ByteBuffer own = buffer().limit(count);
    while (own.hasRemaining()) {
      if (file.read(own, position + own.position()) < 0) {
        throw new Differs(position + own.position());
      }
    }
    ByteBuffer theirs = from.slice(from.position(), count);
    if (!own.flip().equals(theirs)) {
      throw new Differs(position);
    }
    from.position(from.position() + count);
    position += count;
  }

  private ByteBuffer buffer() {
    ByteBuffer cleared = buffer == null ? ByteBuffer.allocate(BUFFER_BYTES) : buffer.clear();
    buffer = cleared;
    return cleared;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() {}
}
