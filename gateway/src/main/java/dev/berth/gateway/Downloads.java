package dev.berth.gateway;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Where downloads of one upstream lie that are taken ahead of their clients: in files that have no
 * name any more, so that nothing outlives the program. Any thread may call it.
 */
final class Downloads {
  /** Each of their clients has a buffer of 256 KiB while it does not read at all. */
  private static final int MOST_AT_ONCE = 256;

  private final Path folder;
  private final long mostBytes;
  private final SpoolRoom room;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  Downloads(Path folder, long mostBytes, SpoolRoom room) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.room = room;
  }

  /** The most of one download, in bytes. */
  long mostBytes() {
    return mostBytes;
  }

  /**
   * A file for one; nothing if there is no room. To be given back.
   *
   * @throws IOException if it cannot be made
   */
  Optional<FileChannel> begin() throws IOException {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    boolean isOpen = false;
    boolean hasRoom = room.take(mostBytes);
    try {
      Optional<FileChannel> file = hasRoom ? Optional.of(open()) : Optional.empty();
      isOpen = file.isPresent();
      return file;
    } finally {
      if (!isOpen) {
        room.giveBack(hasRoom ? mostBytes : 0);
        places.release();
      }
    }
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(
        SpoolFiles.made(folder).resolve("download-" + UUID.randomUUID()),
        Set.<OpenOption>of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE), // On Unix the JDK deletes it at once.
        SpoolFiles.owner("rw-------"));
  }

  void giveBack(FileChannel file) throws IOException {
    room.giveBack(mostBytes);
    places.release();
    file.close();
  }
}
