package dev.berth.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/** The beginning of a file. Confined to one thread. */
final class FirstBytes implements ReadableByteChannel {
  private final FileChannel file;
  private final long length;
  private long position;

  FirstBytes(FileChannel file, long length) {
    this.file = file;
    this.length = length;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    long left = length - position;
    if (left == 0) {
      return -1;
    }
    ByteBuffer some = into.slice();
    some.limit((int) Math.min(some.remaining(), left));
    int count = file.read(some, position);
    if (count > 0) {
      position += count;
      into.position(into.position() + count);
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() {}
}
