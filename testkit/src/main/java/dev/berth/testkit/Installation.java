package dev.berth.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what testkit/install-peers has made available. */
final class Installation {
  private Installation() {}

  /** The folder {@code .peers} at the root of the repository that we run in. */
  static Path folder() {
    Path here = Path.of("").toAbsolutePath();
    for (Path at = here; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("testkit/install-peers"))) {
        return at.resolve(".peers");
      }
    }
    throw new IllegalStateException("not inside the repository: " + here);
  }

  /** A server's program: the unpacked one, else the system's. */
  static Optional<Path> program(PeerKind kind) {
    return Stream.of(
            folder().resolve(kind.toString()).resolve("usr/sbin").resolve(kind.toString()),
            Path.of("/usr/sbin").resolve(kind.toString()))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A file or folder of a server's package, such as {@code usr/lib/proftpd}. */
  static Path part(PeerKind kind, String path) {
    Path unpacked = folder().resolve(kind.toString()).resolve(path);
    return Files.exists(unpacked) ? unpacked : Path.of("/").resolve(path);
  }

  /** Fails unless a daemon that changes to the test account can run: it needs root for that. */
  static void requireDaemon(PeerKind kind) {
    if (!Account.isRoot()) {
      throw new PeerMissing(kind, "we are not root");
    }
    if (program(kind).isEmpty()) {
      throw new PeerMissing(kind, "its program is not there");
    }
    if (Account.numbers().isEmpty()) {
      throw new PeerMissing(kind, "there is no system user " + Account.USER);
    }
  }
}
