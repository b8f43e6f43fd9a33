package dev.berth.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file whose moved bytes are counted as they move. Confined to one thread. */
final class CountingChannel implements ReadableByteChannel, WritableByteChannel {
  private final FileChannel file;
  private final Ledger ledger;
  private final long most;
  private long moved;

  /** Of a file that may be as long as it likes: our own. */
  CountingChannel(FileChannel file, Ledger ledger) {
    this(file, ledger, Long.MAX_VALUE);
  }

  /**
   * Of a file that somebody else sends.
   *
   * @param most how many bytes may be written; with more, the write throws a {@link
   *     VerificationException}
   */
  CountingChannel(FileChannel file, Ledger ledger, long most) {
    this.file = file;
    this.ledger = ledger;
    this.most = most;
  }

  long moved() {
    return moved;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return counted(file.read(into));
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    if (from.remaining() > most - moved) {
      throw new VerificationException("it does not end: more than " + most + " bytes came");
    }
    return counted(file.write(from));
  }

  private int counted(int count) throws IOException {
    if (count > 0) {
      moved += count;
      ledger.moved(count);
    }
    return count;
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
