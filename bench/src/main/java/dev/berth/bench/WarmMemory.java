package dev.berth.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes memory before a run, and frees it. Some virtual machines hand free memory back to their
 * host, and taking it anew costs more than the transfer: of three runs of curl in a row one took
 * 0.7 s, one 3.3 s.
 */
final class WarmMemory {
  private static final int BLOCK_BYTES = 1 << 20;

  private WarmMemory() {}

  /**
   * Writes a file of so many bytes, and deletes it.
   *
   * @param folder in memory
   */
  static void take(Path folder, long bytes) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    Path file = folder.resolve("memory");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = bytes; left > 0; left -= block.length) {
        out.write(block, 0, (int) Math.min(left, block.length));
      }
    }
    Files.delete(file);
  }
}
