package dev.berth.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for the time of one command: gone when it is closed, and when a signal ends the program.
 */
final class TemporaryFolder implements Closeable {
  /** What still writes into it may put something there while it is removed. */
  private static final int ATTEMPTS = 20;

  private final Path path;
  private final Thread atExit = new Thread(this::removeQuietly, "temporary-folder");

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /**
   * A new one.
   *
   * @param prefix what its name begins with
   */
  static TemporaryFolder make(String prefix) throws IOException {
    TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(prefix));
    Runtime.getRuntime().addShutdownHook(folder.atExit);
    return folder;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      atExit.interrupt(); // The program ends: the hook runs, and finds nothing.
    }
  }

  private void removeQuietly() {
    for (int attempt = 1; attempt <= ATTEMPTS && Files.exists(path); attempt++) {
      try {
        remove();
      } catch (IOException | UncheckedIOException e) {
        Thread.onSpinWait(); // Somebody writes still; what stays is in the folder for such things.
      }
    }
  }

  private void remove() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
