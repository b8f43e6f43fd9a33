package dev.berth.limits;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * A folder of small texts about servers, one file for each {@link BudgetName}, kept between runs.
 * Only its owner can read them, they are bounded, and each is replaced as a whole: a reader sees
 * the old one or the new one. Immutable; any thread may use it, and any number of programs.
 *
 * @param path made on the first write
 * @param ending of the files' names, without a dot: {@code limits}
 */
public record StateFolder(Path path, String ending) {
  static final int LARGEST_FILE = 1 << 20;
  private static final Set<StandardOpenOption> ONLY_NEW =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

  /** Where the text about a server stands, or would. */
  public Path file(BudgetName name) {
    return path.resolve(FileNames.folder(name) + "." + ending);
  }

  /**
   * The text about a server, if there is one. Reads one small file.
   *
   * @throws IOException if it cannot be read, or is larger than 1 MiB
   */
  public Optional<String> read(BudgetName name) throws IOException {
    try {
      return Optional.of(read(file(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * What is remembered about a server. Reads one small file.
   *
   * @param reader of the file's text; throws {@link IllegalArgumentException} if it can make
   *     nothing of it
   */
  public <T> Recall<T> recall(BudgetName name, Function<String, T> reader) {
    try {
      Optional<String> text = read(name);
      return text.isEmpty() ? new Recall.Nothing<>() : new Recall.Known<>(reader.apply(text.get()));
    } catch (IOException | IllegalArgumentException e) {
      return new Recall.Unreadable<>(file(name) + ": " + e.getMessage());
    }
  }

  static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw new IOException("larger than " + LARGEST_FILE + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /**
   * Replaces the text about a server.
   *
   * @throws IOException if it cannot be written; the old one is as it was
   */
  public void replace(BudgetName name, String text) throws IOException {
    make();
    Path temporary = temporary();
    try {
      try (FileChannel channel = FileChannel.open(temporary, ONLY_NEW, ownerOnly("rw-------"))) {
        ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(
          temporary,
          file(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      deleteAfter(e, temporary);
      throw e;
    }
  }

  /** A name of its own. Not from Files.createTempFile, which starts the JDK's secure random. */
  private Path temporary() {
    long any = ThreadLocalRandom.current().nextLong();
    return path.resolve("new" + HexFormat.of().toHexDigits(any) + "." + ending);
  }

  private static void deleteAfter(IOException cause, Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void make() throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (!Files.isDirectory(path)) {
      try {
        Files.createDirectory(path, ownerOnly("rwx------"));
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(path)) {
          throw e;
        }
      }
    }
  }

  private FileAttribute<?>[] ownerOnly(String permissions) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
