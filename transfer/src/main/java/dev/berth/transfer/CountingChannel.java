package dev.berth.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/** A file of our own, whose bytes are counted as they are sent. Confined to one thread. */
final class CountingChannel implements ReadableByteChannel {
  private final FileChannel file;
  private final Ledger ledger;
  private long moved;

  CountingChannel(FileChannel file, Ledger ledger) {
    this.file = file;
    this.ledger = ledger;
  }

  long moved() {
    return moved;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return counted(file.read(into));
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
