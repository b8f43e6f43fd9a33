package dev.berth.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The temporary file beside the final name of a download. While it is open it is locked against
 * other programs that retrieve to the same place; the system takes the lock from one that dies.
 * Confined to the thread that has the task.
 */
final class LocalPart {
  private final Path target;
  private final Path path;
  private boolean isMine; // it was opened here, and by nobody else

  LocalPart(Path target) {
    this.target = target;
    this.path = target.resolveSibling(TemporaryName.of(target.getFileName().toString()));
  }

  String name() {
    return path.getFileName().toString();
  }

  /** How many bytes an earlier run has left; none where there is no such file. */
  long length() {
    return attributes().filter(BasicFileAttributes::isRegularFile).map(it -> it.size()).orElse(0L);
  }

  private Optional<BasicFileAttributes> attributes() {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  /** Makes it, if it is not there. What cannot be had here shows so. */
  void make() throws IOException {
    FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
        .close();
  }

  /**
   * Opens and locks it, cut to a length.
   *
   * @param length at most what it has
   * @return for reading and writing, at its end
   * @throws FileSystemException if somebody else has it
   */
  FileChannel open(long length) throws IOException {
    @Nullable Object before = fileKey();
    FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    boolean ready = false;
    try {
      if (file.tryLock() == null) {
        throw inUse("another program writes to it");
      }
      // Who waited for the lock may hold what has its final name by now: that is not to be cut.
      if (!Objects.equals(before, fileKey())) {
        throw inUse("another program has just written it");
      }
      if (file.size() < length) {
        throw inUse("another program has just cut it");
      }
      isMine = true;
      file.truncate(length);
      file.position(length);
      ready = true;
      return file;
    } catch (OverlappingFileLockException e) {
      throw inUse("this program writes to it already");
    } finally {
      if (!ready) {
        file.close();
      }
    }
  }

  private @Nullable Object fileKey() throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException e) {
      throw inUse("another program has just removed it");
    }
  }

  private FileSystemException inUse(String why) {
    return new FileSystemException(path.toString(), null, why);
  }

  Path path() {
    return path;
  }

  /** Gives it its final name. It must be open, and so locked, until then. */
  void rename() throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes it, unless it is somebody else's. */
  void discard() throws IOException {
    if (isMine) {
      Files.deleteIfExists(path);
    }
  }
}
