package dev.berth.session;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What goes over the wire of a content: converted to type A, deflated in mode Z. Confined to the
 * thread that sends; does not close the content.
 */
final class OutgoingBytes implements Closeable {
  /** The JDK's own 512 would be a read of the file each. */
  private static final int READ_BYTES = 64 * 1024;

  private final ReadableByteChannel bytes;
  private final @Nullable Deflater deflater;

  private OutgoingBytes(ReadableByteChannel bytes, @Nullable Deflater deflater) {
    this.bytes = bytes;
    this.deflater = deflater;
  }

  static OutgoingBytes of(ReadableByteChannel content, SessionState state, boolean isText) {
    ReadableByteChannel typed =
        isText || state.type == RepresentationType.IMAGE ? content : new AsciiOutgoing(content);
    if (state.mode == TransferMode.STREAM) {
      return new OutgoingBytes(typed, null);
    }
    Deflater deflater = new Deflater(state.deflateLevel);
    var stream = new DeflaterInputStream(Channels.newInputStream(typed), deflater, READ_BYTES);
    return new OutgoingBytes(Channels.newChannel(stream), deflater);
  }

  /**
   * Fills a buffer, for it to be written.
   *
   * @return whether there is something in it; false at the end
   */
  boolean fill(ByteBuffer buffer) throws IOException {
    buffer.clear();
    int count = 0;
    while (buffer.hasRemaining() && count >= 0) {
      count = bytes.read(buffer);
    }
    return buffer.flip().hasRemaining();
  }

  @Override
  public void close() {
    if (deflater != null) {
      deflater.end();
    }
  }
}
