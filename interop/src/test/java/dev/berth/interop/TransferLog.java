package dev.berth.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The server's own count of what went over the wire: xferlog(5), which vsftpd and ProFTPD write at
 * the end of each transfer, of a broken one too.
 */
final class TransferLog {
  private static final int BYTES = 7;

  private TransferLog() {}

  /** The bytes of all transfers so far, in both directions. */
  static long bytes(Server server) throws IOException {
    Path log = server.root().resolveSibling("xferlog");
    return Files.readString(log, StandardCharsets.ISO_8859_1)
        .lines()
        .mapToLong(line -> Long.parseLong(line.split(" +")[BYTES]))
        .sum();
  }
}
