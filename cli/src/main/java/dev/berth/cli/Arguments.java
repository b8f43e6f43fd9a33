package dev.berth.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads the arguments of commands. */
final class Arguments {
  private Arguments() {}

  /**
   * An address of a server.
   *
   * @throws UsageException when it is none
   */
  static ServerUrl url(String text) {
    try {
      return ServerUrl.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(Failures.reason(e));
    }
  }

  /**
   * A local pathname.
   *
   * @throws UsageException when it is none, or a URL
   */
  static Path path(String text) {
    if (ServerUrl.isUrl(text)) {
      throw new UsageException(
          "'" + Masking.argument(text) + "' is a URL where a file or folder is due");
    }
    if (text.equals("-")) {
      throw new UsageException(
          "Berth checks whole files and so writes no pipes: name a file, not -");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException("'" + text + "' is no pathname: " + e.getReason());
    }
  }
}
