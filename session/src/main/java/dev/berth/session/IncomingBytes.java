package dev.berth.session;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What came over the wire, on its way into a file: inflated in mode Z, converted from type A.
 * Confined to the thread that receives; does not close the file.
 */
final class IncomingBytes implements Closeable {
  private static final int INFLATED_BYTES = 64 * 1024;

  private final WritableByteChannel file;
  private final @Nullable AsciiIncoming ascii;
  private final @Nullable Inflater inflater;
  private final ByteBuffer inflated; // no room, where nothing is inflated

  private IncomingBytes(
      WritableByteChannel file, @Nullable AsciiIncoming ascii, @Nullable Inflater inflater) {
    this.file = file;
    this.ascii = ascii;
    this.inflater = inflater;
    this.inflated = ByteBuffer.allocate(inflater == null ? 0 : INFLATED_BYTES);
  }

  static IncomingBytes of(Incoming content, SessionState state) {
    AsciiIncoming ascii =
        state.type == RepresentationType.ASCII ? new AsciiIncoming(content.bytes()) : null;
    Inflater inflater = state.mode == TransferMode.DEFLATE ? new Inflater() : null;
    return new IncomingBytes(content.bytes(), ascii, inflater);
  }

  /** Takes all of it. */
  void write(ByteBuffer from) throws IOException {
    if (inflater == null) {
      store(from);
      return;
    }
    inflater.setInput(from);
    try {
      while (!inflater.needsInput() && !inflater.finished()) {
        inflater.inflate(inflated.clear());
        store(inflated.flip());
        if (inflater.needsDictionary()) { // It would be asked for without end.
          throw new DataRefused(426, "not-deflated", "Deflated with a dictionary nobody has here.");
        }
      }
    } catch (DataFormatException e) {
      throw new DataRefused(426, "not-deflated", "That was not deflated data: " + e.getMessage());
    }
  }

  private void store(ByteBuffer from) throws IOException {
    WritableByteChannel to = ascii == null ? file : ascii;
    while (from.hasRemaining()) {
      to.write(from);
    }
  }

  /**
   * All has come.
   *
   * @throws DataRefused if deflated data was cut
   */
  void finish() throws IOException {
    if (inflater != null && !inflater.finished()) {
      throw new DataRefused(426, "cut", "The deflated data has no end: it was cut.");
    }
    if (ascii != null) {
      ascii.finish();
    }
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
    }
  }
}
