package dev.berth.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What only the attribute view {@code unix} tells, and only by path.
 *
 * @param key of the thing that was found there
 */
record UnixFacts(Object key, int mode, int links, int user, int group) {
  /** Nothing where nothing is: it has been moved, or deleted. */
  static Optional<UnixFacts> at(Path path) {
    try {
      return Optional.of(read(path));
    } catch (IOException moved) {
      return Optional.empty();
    }
  }

  private static UnixFacts read(Path path) throws IOException {
    Map<String, Object> told =
        Files.readAttributes(path, "unix:mode,nlink,uid,gid,fileKey", LinkOption.NOFOLLOW_LINKS);
    return new UnixFacts(
        Objects.requireNonNull(told.get("fileKey")),
        number(told, "mode") & 07777,
        number(told, "nlink"),
        number(told, "uid"),
        number(told, "gid"));
  }

  private static int number(Map<String, Object> told, String name) {
    return (Integer) Objects.requireNonNull(told.get(name));
  }
}
