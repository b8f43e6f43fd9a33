package dev.berth.limits;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A folder whose files all users of a machine may write, and only their owners delete (mode 1777).
 * What another user put there may be anything: no symbolic link is followed, nothing but regular
 * files is opened, and no more is read than was asked for. Immutable; any thread may use it.
 */
final class SharedFolder {
  private static final int FOLDER_MODE = 01777;
  private static final int FILE_MODE = 0666;
  private static final int ATTEMPTS = 3;

  // No CREATE: with fs.protected_regular it fails on a file of another user in such a folder.
  private static final Set<OpenOption> EXISTING =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

  private final Path path;

  private SharedFolder(Path path) {
    this.path = path;
  }

  /**
   * The folder of a name below a common one. Both are made if they are missing.
   *
   * @throws IOException if they cannot be made, or something else stands there
   */
  static SharedFolder of(Path top, String name) throws IOException {
    make(top);
    Path folder = top.resolve(name);
    make(folder);
    return new SharedFolder(folder);
  }

  /** A folder that is there; nothing is made. */
  static SharedFolder existing(Path folder) {
    return new SharedFolder(folder);
  }

  private static void make(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.createDirectory(folder);
      if (isUnix(folder)) {
        Files.setAttribute(folder, "unix:mode", FOLDER_MODE, LinkOption.NOFOLLOW_LINKS);
      }
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  private static boolean isUnix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  Path path() {
    return path;
  }

  /** The names that begin like this, in no order. */
  List<String> names(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      List<String> names = new ArrayList<>();
      files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith(prefix))
          .forEach(names::add);
      return names;
    }
  }

  /** Opens a file for reading and writing, and makes it if it is missing. */
  FileChannel open(String name) throws IOException {
    Path file = path.resolve(name);
    for (int attempt = 1; ; attempt++) {
      try {
        return openExisting(file);
      } catch (NoSuchFileException missing) {
        if (attempt == ATTEMPTS) {
          throw missing;
        }
        create(file);
      }
    }
  }

  /**
   * Opens a file that is there.
   *
   * @throws NoSuchFileException if it is not
   */
  FileChannel openExisting(String name) throws IOException {
    return openExisting(path.resolve(name));
  }

  private static FileChannel openExisting(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "it is no regular file");
    }
    return FileChannel.open(file, EXISTING);
  }

  /** Under its name only when all may write to it: others look at any moment. */
  private static void create(Path file) throws IOException {
    long random = ThreadLocalRandom.current().nextLong();
    Path ours = file.resolveSibling("new." + Long.toHexString(random));
    FileChannel.open(ours, NEW).close();
    try {
      if (isUnix(ours)) {
        // Not by an attribute of the open: the umask would take the others' bits away.
        Files.setAttribute(ours, "unix:mode", FILE_MODE, LinkOption.NOFOLLOW_LINKS);
      }
      Files.createLink(file, ours);
    } catch (FileAlreadyExistsException other) {
      // Another program made it meanwhile, which is as good.
      return;
    } finally {
      Files.delete(ours);
    }
  }

  /**
   * The text of a file; empty if there is none, or more than this.
   *
   * @param most in bytes
   */
  String read(String name, int most) throws IOException {
    Path file = path.resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return read(channel, most);
    } catch (NoSuchFileException gone) {
      return "";
    }
  }

  /** The same of a file that is open. */
  static String read(FileChannel channel, int most) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(most + 1);
    long at = 0;
    int count = channel.read(bytes, at);
    while (count > 0) {
      at += count;
      count = channel.read(bytes, at);
    }
    return bytes.hasRemaining()
        ? new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
        : "";
  }

  /** Writes a text in place of what was there, in one step as far as a small file has one. */
  void write(String name, String text) throws IOException {
    try (FileChannel channel = open(name)) {
      write(channel, text);
    }
  }

  /** The same into a file that is open. */
  static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    long at = 0;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    channel.truncate(at);
  }

  /** What tells a file from any other that has its name later: on Unix its inode. */
  Object identity(String name) throws IOException {
    try {
      Object key = attributes(name).fileKey();
      return key == null ? "a file" : key;
    } catch (NoSuchFileException e) {
      return "no file";
    }
  }

  private BasicFileAttributes attributes(String name) throws IOException {
    return Files.readAttributes(
        path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Deletes a file that nobody has written since then, if it is ours to delete. */
  void deleteUnlessWrittenSince(String name, Instant then) throws IOException {
    try {
      BasicFileAttributes attributes = attributes(name);
      if (attributes.isRegularFile() && attributes.lastModifiedTime().toInstant().isBefore(then)) {
        delete(name);
      }
    } catch (FileSystemException e) {
      // It is gone already, or of another user, who has to delete it (EPERM in mode 1777).
      return;
    }
  }

  /** Deletes a file of ours, if it is there. */
  void delete(String name) throws IOException {
    Files.deleteIfExists(path.resolve(name));
  }
}
