package dev.berth.transfer;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether files still fit where a job writes. Not asked before a write has failed, for some file
 * systems do not know; from then on before each file, for a write that fails has cost the transfer
 * of a file, and on a full disk thousands do. One for a job; any thread may call it.
 */
final class Room {
  /** There is no room now. There may be soon: a big file that did not fit is being removed. */
  static final class Lacking extends FileSystemException {
    private static final long serialVersionUID = 1;

    private Lacking(Path file, String reason) {
      super(file.toString(), null, reason);
    }
  }

  private volatile boolean isTight;

  /** A write has failed. */
  void failed() {
    isTight = true;
  }

  /**
   * Sees that a file fits.
   *
   * @param bytes its size as far as it is known
   * @throws Lacking if it does not
   * @throws IOException if the file system cannot be asked
   */
  void require(Path file, long bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (!isTight || folder == null) {
      return;
    }
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < bytes) {
      throw new Lacking(file, "no room: " + bytes + " bytes, " + free + " free");
    }
  }
}
