package dev.berth.daemon;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words what the JDK says by the type of an exception. */
final class FileFaults {
  private FileFaults() {}

  /** Which file, and what is wrong with it. */
  static String words(IOException failure) {
    return failure instanceof FileSystemException named
        ? named.getFile() + ": " + reason(failure)
        : reason(failure);
  }

  /** What is wrong, without the file's name. */
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied to " + user();
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }

  /**
   * As {@link #words}, of what proves who the server is: those who issue certificates let root
   * alone read its key.
   */
  static String wordsOfSecret(IOException failure) {
    return words(failure)
        + (failure instanceof AccessDeniedException
            ? "; give it to a group of that user with mode 640, and the folders above it with 750,"
                + " or pass it by LoadCredential= of systemd (docs/server.md)"
            : "");
  }

  private static String user() {
    return ProcessHandle.current().info().user().orElse("this user");
  }
}
