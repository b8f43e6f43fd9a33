package dev.berth.server;

import dev.berth.session.Outgoing;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.OptionalLong;

/** A file that is being retrieved. Confined to the thread that transfers. */
final class Download implements Outgoing {
  private final SeekableByteChannel file;
  private final long size; // from the offset on

  /**
   * Positions the file.
   *
   * @param offset at most its size
   */
  Download(SeekableByteChannel file, long offset) throws IOException {
    this.file = file;
    long whole = file.size();
    if (offset > whole) {
      throw Denials.beyondEnd(whole);
    }
    this.size = whole - offset;
    if (offset > 0) {
      file.position(offset);
    }
  }

  @Override
  public ReadableByteChannel bytes() {
    return file;
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(size);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
