package dev.berth.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/** The first bytes of something that goes out: what RANG asks for. Closes nothing but itself. */
final class PartOutgoing implements Outgoing, ReadableByteChannel {
  private final Outgoing whole;
  private long left;

  PartOutgoing(Outgoing whole, long length) {
    this.whole = whole;
    this.left = length;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (left == 0) {
      return -1;
    }
    int limit = into.limit();
    into.limit((int) Math.min(limit, into.position() + left));
    try {
      int count = whole.bytes().read(into);
      left -= Math.max(0, count);
      return count;
    } finally {
      into.limit(limit);
    }
  }

  @Override
  public ReadableByteChannel bytes() {
    return this;
  }

  @Override
  public OptionalLong size() throws IOException {
    OptionalLong all = whole.size();
    return all.isPresent() ? OptionalLong.of(Math.min(left, all.getAsLong())) : all;
  }

  @Override
  public boolean isOpen() {
    return whole.bytes().isOpen();
  }

  @Override
  public void close() {
    left = 0;
  }
}
