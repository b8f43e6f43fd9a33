package dev.berth.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that is open, and what is done to the things in it. Each is named by one single name; a
 * link is never followed. Who opens a folder closes it. Confined to one thread at a time.
 *
 * <p>The exceptions are those of {@link java.nio.file.Files}.
 */
interface Folder extends Closeable {
  /** Of the folder itself. */
  BasicFileAttributes attributes() throws IOException;

  /** Of a thing in it, a link among them. */
  BasicFileAttributes attributes(Path name) throws IOException;

  /** As {@link #attributes(Path)}, or nothing if nothing has that name. */
  default Optional<BasicFileAttributes> find(Path name) throws IOException {
    try {
      return Optional.of(attributes(name));
    } catch (NoSuchFileException nothing) {
      return Optional.empty();
    }
  }

  /** What only Unix tells of a thing in it, or something sensible in its place. */
  Details details(Path name, BasicFileAttributes attributes) throws IOException;

  /** A folder in it. */
  Folder open(Path name) throws IOException;

  /**
   * A file in it.
   *
   * @param mode of a file that this makes: 0 to 0777
   */
  SeekableByteChannel file(Path name, Set<OpenOption> options, int mode) throws IOException;

  /** Whether a file in it can be cut to a length. */
  boolean cutsFiles();

  /** Where a link leads, as it is written. */
  Path linkTarget(Path name) throws IOException;

  /** Deletes what is no folder. */
  void deleteFile(Path name) throws IOException;

  /** Deletes an empty folder. */
  void deleteFolder(Path name) throws IOException;

  /**
   * Gives a thing another name, in one step where the file system can; a file that has that name is
   * replaced.
   *
   * @param target of the same kind as this
   */
  void move(Path name, Folder target, Path newName) throws IOException;

  /**
   * Makes a folder.
   *
   * @param mode 0 to 0777
   */
  void makeFolder(Path name, int mode) throws IOException;

  /** The names in it, in no order, once; closed by the caller, before this. */
  DirectoryStream<Path> names() throws IOException;

  /** The names in it, all at once: of folders that hold few. */
  default List<Path> listed() throws IOException {
    List<Path> listed = new ArrayList<>();
    try (DirectoryStream<Path> names = names()) {
      for (Path found : names) {
        listed.add(found.getFileName());
      }
    } catch (DirectoryIteratorException e) {
      throw Denials.cause(e);
    }
    return listed;
  }

  void setModified(Path name, FileTime modified) throws IOException;

  /**
   * Sets permissions, where there are such.
   *
   * @param mode 0 to 0777
   */
  void setMode(Path name, int mode) throws IOException;

  /** Forces the names in it to the disk, where that can be done. */
  void force() throws IOException;

  /** The same for the same folder, whatever its name. */
  Object key() throws IOException;

  /** Where it stands, for questions that can only be asked by path. */
  Path path();

  /**
   * What only Unix tells.
   *
   * @param mode permissions: 0 to 07777
   * @param links how many names it has
   * @param owner a name or a number
   * @param group likewise
   */
  record Details(int mode, int links, String owner, String group) {}
}
