package dev.berth.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Changes a file that others read meanwhile: they see it as it was or as it will be. Programs that
 * change it take turns, by a lock on a file beside it, as {@code /etc/.pwd.lock}. Owner and group
 * are kept, and the mode but for what others may; a new file is for its owner alone.
 */
final class SafeEdit {
  private static final Set<PosixFilePermission> MINE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("------rwx");

  private SafeEdit() {}

  /**
   * Changes a file, or makes it.
   *
   * @param edit takes the text, empty of a file that is not there, and answers the new one; refuses
   *     by an exception, and then nothing is changed
   */
  static void change(Path named, UnaryOperator<String> edit) throws IOException {
    boolean isThere = Files.exists(named);
    // A link stays one: what it leads to is replaced.
    Path file = isThere ? named.toRealPath() : named.toAbsolutePath();
    try (FileChannel turn = opened(file.resolveSibling("." + file.getFileName() + ".lock"));
        FileLock _ = turn.lock()) {
      String before = Files.exists(file) ? Files.readString(file) : "";
      replace(file, edit.apply(before));
    }
  }

  private static FileChannel opened(Path lock) throws IOException {
    return FileChannel.open(
        lock,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(MINE));
  }

  private static void replace(Path file, String text) throws IOException {
    Path written = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      try (FileChannel out =
          FileChannel.open(
              written,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(MINE))) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      if (Files.exists(file)) {
        dress(written, file);
      }
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /** The server's user may own it, and root change it: then the server still has to read it. */
  private static void dress(Path written, Path model) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(model, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(written, PosixFileAttributeView.class);
    PosixFileAttributes mine = view.readAttributes();
    if (!mine.owner().equals(attributes.owner())) {
      view.setOwner(attributes.owner());
    }
    if (!mine.group().equals(attributes.group())) {
      view.setGroup(attributes.group());
    }
    Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
    mode.addAll(attributes.permissions());
    mode.removeAll(OF_OTHERS);
    view.setPermissions(mode);
  }
}
