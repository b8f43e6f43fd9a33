package dev.berth.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Writes a file on from a part of it: the first bytes that come stand there already and are
 * compared; those behind them are written. Confined to one thread.
 */
final class Seam implements WritableByteChannel {
  private final FileChannel file;
  private final Ledger ledger;
  private final ComparingChannel overlap;
  private final long offset;
  private final long kept;
  private final long most;
  private long written;

  /**
   * @param file ends at {@code kept}, and stands there
   * @param offset of the first byte that will come; at most {@code kept}
   * @param most how long the file may get; with more, a write throws a {@link
   *     VerificationException}
   */
  Seam(FileChannel file, long offset, long kept, long most, Ledger ledger) {
    this.file = file;
    this.ledger = ledger;
    this.offset = offset;
    this.kept = kept;
    this.most = most;
    this.overlap = new ComparingChannel(file, offset, ledger);
  }

  /** How many bytes the file has now. */
  long reached() {
    return kept + written;
  }

  /** How many bytes have come, and were right or new. */
  long came() {
    return overlap.position() - offset + written;
  }

  /** Whether all bytes that stood there have come again, and were the same. */
  boolean isPassed() {
    return overlap.position() >= kept;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int before = from.remaining();
    while (!isPassed() && from.hasRemaining()) {
      long left = Math.min(kept - overlap.position(), ComparingChannel.BUFFER_BYTES);
      int count = (int) Math.min(left, from.remaining());
      ledger.moved(count);
      overlap.compare(from, count);
    }
    if (from.remaining() > most - reached()) {
      throw new VerificationException("it does not end: more than " + most + " bytes came");
    }
    while (from.hasRemaining()) {
      int count = file.write(from);
      written += count;
      ledger.moved(count);
    }
    return before;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
