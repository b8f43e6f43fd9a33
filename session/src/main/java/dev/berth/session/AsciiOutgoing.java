package dev.berth.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * A file as type A goes over the wire: each line end is CR LF (RFC 959 section 3.1.1.1). An LF that
 * has a CR already gets no second. Confined to the thread that sends.
 */
final class AsciiOutgoing implements ReadableByteChannel {
  private final ReadableByteChannel file;
  private final ByteBuffer read = ByteBuffer.allocate(32 * 1024).flip();
  private boolean afterCarriageReturn;
  private boolean owesLineFeed;

  AsciiOutgoing(ReadableByteChannel file) {
    this.file = file;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int before = into.position();
    while (into.hasRemaining()) {
      if (owesLineFeed) {
        into.put((byte) '\n');
        owesLineFeed = false;
      } else if (read.hasRemaining()) {
        put(read.get(), into);
      } else if (!refill()) {
        break;
      }
    }
    return into.position() == before && into.hasRemaining() ? -1 : into.position() - before;
  }

  private void put(byte octet, ByteBuffer into) {
    owesLineFeed = octet == '\n' && !afterCarriageReturn;
    into.put(owesLineFeed ? (byte) '\r' : octet);
    afterCarriageReturn = octet == '\r';
  }

  private boolean refill() throws IOException {
    read.clear();
    int count = file.read(read);
    read.flip();
    return count > 0;
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
