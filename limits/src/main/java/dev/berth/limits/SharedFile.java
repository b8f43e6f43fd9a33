package dev.berth.limits;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * A file of a shared folder that stays open, and knows whether it still is what others find under
 * its name: cleaners of temporary folders delete what nobody has written for some days. Confined to
 * one thread, but for {@link #close}.
 */
final class SharedFile implements Closeable {
  private final FileChannel channel;
  private final Object identity;

  private SharedFile(FileChannel channel, Object identity) {
    this.channel = channel;
    this.identity = identity;
  }

  /** Opens a file, and makes it if it is missing. */
  static SharedFile open(SharedFolder folder, String name) throws IOException {
    folder.open(name).close();
    // Before it is opened: what is put in its place afterwards is noticed then.
    Object identity = folder.identity(name);
    return new SharedFile(folder.open(name), identity);
  }

  /** Whether others find another file under the name, or none. */
  boolean isReplaced(SharedFolder folder, String name) throws IOException {
    return !identity.equals(folder.identity(name));
  }

  FileChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
