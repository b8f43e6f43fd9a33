package dev.berth.server;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder where the file system has no descriptors of folders: an archive, a memory, Windows. Each
 * call looks first whether the folder still has its real path, and the thing in it is no link. Who
 * can swap a folder for a link on such a file system, in the moment between, is not kept out: where
 * there are links that lead outside, a home belongs on a file system with descriptors.
 */
final class PathFolder implements Folder {
  private final Path path;

  /**
   * A folder.
   *
   * @param path its real path
   */
  PathFolder(Path path) {
    this.path = path;
  }

  private Path at(Path name) throws IOException {
    if (!path.toRealPath().equals(path)) {
      throw new NoSuchFileException(path.toString(), null, "it has been moved");
    }
    return path.resolve(name);
  }

  /** As {@link #at}, of what must not be followed if it is a link. */
  private Path noLink(Path name) throws IOException {
    Path place = at(name);
    if (Files.isSymbolicLink(place)) {
      throw new FileSystemLoopException(place.toString());
    }
    return place;
  }

  @Override
  public BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public BasicFileAttributes attributes(Path name) throws IOException {
    Path place = at(name);
    BasicFileAttributeView posix =
        Files.getFileAttributeView(place, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return posix != null
        ? posix.readAttributes()
        : Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Details details(Path name, BasicFileAttributes attributes) throws IOException {
    if (attributes instanceof PosixFileAttributes posix) {
      int mode = Modes.number(posix.permissions());
      return new Details(mode, 1, posix.owner().getName(), posix.group().getName());
    }
    boolean isReadOnly = !attributes.isDirectory() && !Files.isWritable(at(name));
    int mode = attributes.isDirectory() ? 0755 : isReadOnly ? 0444 : 0644;
    return new Details(mode, 1, "ftp", "ftp");
  }

  @Override
  public Folder open(Path name) throws IOException {
    Path place = noLink(name);
    Path real = place.toRealPath();
    if (!path.equals(real.getParent())) {
      throw new FileSystemLoopException(place.toString()); // A junction, or another way out.
    }
    return new PathFolder(real);
  }

  @Override
  public SeekableByteChannel file(Path name, Set<OpenOption> options, int mode) throws IOException {
    return Files.newByteChannel(noLink(name), options);
  }

  /** An archive only replaces files and appends to them. */
  @Override
  public boolean cutsFiles() {
    return path.getFileSystem().equals(FileSystems.getDefault());
  }

  @Override
  public Path linkTarget(Path name) throws IOException {
    return Files.readSymbolicLink(at(name));
  }

  @Override
  public void deleteFile(Path name) throws IOException {
    Files.delete(at(name));
  }

  @Override
  public void deleteFolder(Path name) throws IOException {
    Files.delete(noLink(name));
  }

  @Override
  public void move(Path name, Folder target, Path newName) throws IOException {
    Path from = at(name);
    Path to = ((PathFolder) target).at(newName);
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException | UnsupportedOperationException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void makeFolder(Path name, int mode) throws IOException {
    Files.createDirectory(at(name));
    setMode(name, mode);
  }

  @Override
  @SuppressWarnings("StreamResourceLeak") // Who lists closes it.
  public DirectoryStream<Path> names() throws IOException {
    return Files.newDirectoryStream(path);
  }

  @Override
  public void setModified(Path name, FileTime modified) throws IOException {
    Files.setLastModifiedTime(noLink(name), modified);
  }

  @Override
  public void setMode(Path name, int mode) throws IOException {
    @Nullable PosixFileAttributeView posix =
        Files.getFileAttributeView(noLink(name), PosixFileAttributeView.class);
    if (posix != null) {
      posix.setPermissions(Modes.set(mode));
    }
  }

  @Override
  public void force() {
    // No folder of such a file system can be forced.
  }

  @Override
  public Object key() {
    return path;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
