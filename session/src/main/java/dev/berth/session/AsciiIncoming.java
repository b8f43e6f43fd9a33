package dev.berth.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * What comes in type A, as it is kept here: CR LF becomes LF. A CR without LF stays. Confined to
 * the thread that receives; {@link #finish} writes a CR that came last.
 */
final class AsciiIncoming implements WritableByteChannel {
  private final WritableByteChannel file;
  private boolean owesCarriageReturn;

  AsciiIncoming(WritableByteChannel file) {
    this.file = file;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int count = from.remaining();
    ByteBuffer kept = ByteBuffer.allocate(count + 1);
    while (from.hasRemaining()) {
      byte octet = from.get();
      if (owesCarriageReturn && octet != '\n') {
        kept.put((byte) '\r');
      }
      owesCarriageReturn = octet == '\r';
      if (!owesCarriageReturn) {
        kept.put(octet);
      }
    }
    writeAll(kept.flip());
    return count;
  }

  /** All has come. */
  void finish() throws IOException {
    if (owesCarriageReturn) {
      owesCarriageReturn = false;
      writeAll(ByteBuffer.wrap(new byte[] {'\r'}));
    }
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
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
