package dev.berth.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file with the number of this process, from start to end. */
final class ProcessNumber implements AutoCloseable {
  private final PidFile file;

  private ProcessNumber(PidFile file) {
    this.file = file;
  }

  /** Writes it, over what a killed server has left. */
  static ProcessNumber written(PidFile file) throws IOException {
    if (file instanceof PidFile.At(Path path)) {
      Files.writeString(path, ProcessHandle.current().pid() + "\n");
    }
    return new ProcessNumber(file);
  }

  @Override
  public void close() throws IOException {
    if (file instanceof PidFile.At(Path path) && Files.exists(path)) {
      String now = Files.readString(path).strip();
      // One that takes over has written its own meanwhile.
      if (now.equals(String.valueOf(ProcessHandle.current().pid()))) {
        Files.deleteIfExists(path);
      }
    }
  }
}
