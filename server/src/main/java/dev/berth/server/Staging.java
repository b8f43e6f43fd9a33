package dev.berth.server;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Makes folders. The JDK has no mkdirat: by path, a folder of the way could be swapped for a link
 * in the moment between, and the new folder would stand outside. So it is made where no client can
 * reach, in a folder of the server's own at the top of the home, and moved from descriptor to
 * descriptor. Any thread may call it.
 *
 * <p>It takes its group from there, not from the folder into which it comes. Below what is mounted
 * in the home it cannot be moved: there alone it is made by path, and used only if it then stands
 * in the folder that is open. Who could swap folders in that moment would gain an empty folder, of
 * mode 700, somewhere else.
 */
final class Staging {
  private static final Set<PosixFilePermission> MINE = Modes.set(0700);

  private final Path top;

  /**
   * Of a home folder.
   *
   * @param top the folder itself, its real path
   */
  Staging(Path top) {
    this.top = top;
  }

  /**
   * Makes one, and moves it to its name, that must be free.
   *
   * @param path where {@code target} was when it was opened
   */
  void makeFolder(SecureDirectoryStream<Path> target, Path path, Path name, int mode)
      throws IOException {
    refuseTaken(target, name);
    try {
      makeAndMove(target, name, mode);
    } catch (AtomicMoveNotSupportedException mounted) {
      makeByPath(target, path, name, mode);
    }
  }

  private static void makeByPath(SecureDirectoryStream<Path> target, Path path, Path name, int mode)
      throws IOException {
    Path made = path.resolve(name);
    Files.createDirectory(made, PosixFilePermissions.asFileAttribute(MINE));
    Object key =
        Files.readAttributes(made, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    PosixFileAttributeView found = view(target, name);
    if (!Objects.equals(key, found.readAttributes().fileKey())) {
      throw new FileSystemException(made.toString(), null, "its folder was moved meanwhile");
    }
    found.setPermissions(Modes.set(mode));
  }

  private void makeAndMove(SecureDirectoryStream<Path> target, Path name, int mode)
      throws IOException {
    Path mine = top.resolve(Names.STAGING);
    Path passing = Path.of(UUID.randomUUID().toString());
    FileAttribute<Set<PosixFilePermission>> closed = PosixFilePermissions.asFileAttribute(MINE);
    if (!Files.isDirectory(mine, LinkOption.NOFOLLOW_LINKS)) {
      makeIfMissing(mine, closed);
    }
    try (DirectoryStream<Path> above = Files.newDirectoryStream(top);
        SecureDirectoryStream<Path> staged =
            ((SecureDirectoryStream<Path>) above)
                .newDirectoryStream(mine.getFileName(), LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(mine.resolve(passing), closed);
      boolean moved = false;
      try {
        view(staged, passing).setPermissions(Modes.set(mode));
        staged.move(passing, target, name);
        moved = true;
      } finally {
        if (!moved) {
          staged.deleteDirectory(passing);
        }
      }
    }
  }

  private static void makeIfMissing(Path mine, FileAttribute<Set<PosixFilePermission>> closed)
      throws IOException {
    try {
      Files.createDirectory(mine, closed);
    } catch (FileAlreadyExistsException madeMeanwhile) {
      if (!Files.isDirectory(mine, LinkOption.NOFOLLOW_LINKS)) {
        throw madeMeanwhile;
      }
    }
  }

  private static void refuseTaken(SecureDirectoryStream<Path> target, Path name)
      throws IOException {
    try {
      view(target, name).readAttributes();
    } catch (NoSuchFileException free) {
      return;
    }
    throw new FileAlreadyExistsException(name.toString());
  }

  private static PosixFileAttributeView view(SecureDirectoryStream<Path> stream, Path name) {
    return stream.getFileAttributeView(
        name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
