package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.dialects.ListingEntry;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the permissions of files over: who may read, write and run them, never that they run as
 * their owner or group.
 */
final class FilePermissions {
  private static final PosixFilePermission[] IN_ORDER = {
    PosixFilePermission.OWNER_READ,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_EXECUTE
  };

  private FilePermissions() {}

  /** Gives a local file the permissions that are listed, if there are such, here and there. */
  static void set(Path file, ListingEntry listed) throws IOException {
    Optional<Set<PosixFilePermission>> told = listed.permissions().flatMap(FilePermissions::read);
    PosixFileAttributeView view = view(file);
    if (told.isPresent() && view != null) {
      view.setPermissions(told.get());
    }
  }

  private static @Nullable PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Reads nine letters as of {@code ls}. Of {@code s} and {@code t} only the x below them counts.
   */
  static Optional<Set<PosixFilePermission>> read(String letters) {
    if (letters.length() != IN_ORDER.length) {
      return Optional.empty();
    }
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < IN_ORDER.length; i++) {
      char letter = letters.charAt(i);
      String granted = i % 3 == 2 ? "xst" : i % 3 == 1 ? "w" : "r";
      if (granted.indexOf(letter) >= 0) {
        permissions.add(IN_ORDER[i]);
      } else if (letter != '-' && letter != 'S' && letter != 'T') {
        return Optional.empty();
      }
    }
    return Optional.of(permissions);
  }

  /** Gives a file of the server the permissions of a local one, where the server can. */
  static void send(Path source, FtpConnection connection, RemotePath file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(source, PosixFileAttributeView.class);
    if (view != null) {
      connection.attributes().setPermissions(file, mode(view.readAttributes().permissions()));
    }
  }

  static int mode(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission permission : IN_ORDER) {
      mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
    }
    return mode;
  }
}
