package dev.berth.session;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;

/** What goes to a client over a data connection. Confined to the thread that transfers. */
public interface Outgoing extends Closeable {
  /**
   * The bytes from where the transfer begins. A {@link java.nio.channels.FileChannel}, positioned
   * there, is sent by the system itself where nothing is to be changed on the way.
   */
  ReadableByteChannel bytes();

  /** How many there are, if that is known before. */
  OptionalLong size() throws IOException;
}
