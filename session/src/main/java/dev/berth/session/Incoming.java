package dev.berth.session;

import dev.berth.wire.RemotePath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * What comes from a client over a data connection, until it is whole. Confined to the thread that
 * transfers.
 */
public interface Incoming extends Closeable {
  /** Where the bytes go, from where the transfer begins. */
  WritableByteChannel bytes();

  /** The file's name; of {@link StoreWay.Unique} the one that was chosen. */
  RemotePath path();

  /**
   * All has come: the file now stands under its name.
   *
   * @throws IOException if it does not
   */
  void keep() throws IOException;

  /** Ends it; without {@link #keep} before, the file is not whole, and its name is as it was. */
  @Override
  void close() throws IOException;
}
