package dev.berth.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folder in which every job has a file, named by its token, until the history has taken it in.
 * A living job holds a lock on its file, which the system takes from it when it dies. Any thread
 * may call it.
 */
final class JobFiles {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final int TOKEN_LENGTH = 12;

  /** More than a job ever tells: command lines end at 2 MB, and failures long before that. */
  private static final int MOST_BYTES = 16_000_000;

  private final Path folder;

  /**
   * @param stateFolder need not exist
   */
  JobFiles(Path stateFolder) {
    this.folder = stateFolder.resolve("jobs");
  }

  /** Makes a folder that nobody else may look into. */
  static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, asFarAsKnown(folder, FOLDER));
    }
  }

  /** Makes a file that nobody else may read, if it is not there. */
  static void makeFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      FileChannel.open(
              file,
              EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              asFarAsKnown(file, FILE))
          .close();
    }
  }

  /** Some file systems know no such rights; there the folder above decides who may read what. */
  private static FileAttribute<?>[] asFarAsKnown(Path path, Set<PosixFilePermission> rights) {
    boolean isKnown = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return isKnown
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
        : new FileAttribute<?>[0];
  }

  /**
   * Begins the file of a new job. It is locked before it has its name: nobody ever sees it without.
   *
   * @return locked until it is closed; what is written is added
   */
  FileChannel begin(String token, byte[] text) throws IOException {
    makeFolder(folder);
    Path unnamed = folder.resolve("." + token);
    FileChannel file =
        FileChannel.open(
            unnamed,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            asFarAsKnown(unnamed, FILE));
    boolean ready = false;
    try {
      if (file.tryLock() == null) {
        throw new IOException("a new file is locked: " + unnamed);
      }
      write(file, text);
      Files.move(unnamed, folder.resolve(token), StandardCopyOption.ATOMIC_MOVE);
      ready = true;
      return file;
    } finally {
      if (!ready) {
        file.close();
        Files.deleteIfExists(unnamed);
      }
    }
  }

  static void write(FileChannel file, byte[] text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text);
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /** The tokens of all files there are. */
  List<String> tokens() throws IOException {
    List<String> tokens = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return tokens;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.length() == TOKEN_LENGTH) {
          tokens.add(name);
        }
      }
    }
    return tokens;
  }

  boolean isKnown(String token) {
    return Files.exists(folder.resolve(token));
  }

  /**
   * Whether the job runs. Not to be asked of a job of this process: the system would take the lock
   * from it (POSIX: closing any descriptor of a file does).
   */
  boolean isAlive(String token) {
    try (FileChannel file =
            FileChannel.open(
                folder.resolve(token), StandardOpenOption.READ, StandardOpenOption.WRITE);
        var lock = file.tryLock()) {
      return lock == null;
    } catch (NoSuchFileException e) {
      return false;
    } catch (OverlappingFileLockException | IOException e) {
      return true; // Who cannot be asked may live.
    }
  }

  /** What a job has told; nothing if that cannot be read. */
  Optional<PastJob> read(String token) throws IOException {
    Path file = folder.resolve(token);
    try {
      return Files.size(file) > MOST_BYTES
          ? Optional.empty()
          : Optional.of(JobText.read(token, Files.readAllBytes(file)));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Adds to what a job that has ended told. */
  void add(String token, byte[] text) throws IOException {
    Files.write(folder.resolve(token), text, StandardOpenOption.APPEND);
  }

  void delete(String token) throws IOException {
    Files.deleteIfExists(folder.resolve(token));
  }
}
