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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * What was learned about limits, kept between runs: a small text file for each budget, in a folder
 * that the caller names. Only its owner can read it: user names are in it. A file that cannot be
 * read is reported and then ignored; it never stops a job. Immutable; any thread may use it, and
 * any number of programs share a folder: the last writer wins, after it has taken over what the
 * others had learned meanwhile.
 */
public final class LimitMemory {
  private static final int LARGEST_FILE = 1 << 20;
  private static final Set<StandardOpenOption> ONLY_NEW =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

  private final Path folder;

  /** What is remembered about a budget. */
  public sealed interface Recall {
    /** This. Give it to {@link LimitLearner#resume}. */
    record Known(LimitState state) implements Recall {}

    /** Nothing yet. */
    record Nothing() implements Recall {}

    /**
     * There is something, but it is damaged, too large, or of a later version.
     *
     * @param why the file and what is wrong with it, for a warning
     */
    record Unreadable(String why) implements Recall {}
  }

  /** A memory in a folder, which is made on the first write. */
  public LimitMemory(Path folder) {
    this.folder = folder;
  }

  /** What is remembered about a budget. Reads one small file. */
  public Recall recall(BudgetName name) {
    Path file = file(name);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        return new Recall.Unreadable(file + ": larger than " + LARGEST_FILE + " bytes");
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      return new Recall.Known(LimitFile.read(name, text));
    } catch (NoSuchFileException e) {
      return new Recall.Nothing();
    } catch (IOException | IllegalArgumentException e) {
      return new Recall.Unreadable(file + ": " + e.getMessage());
    }
  }

  /**
   * All that is remembered, in the order of the files' names. What cannot be read is left out.
   *
   * @throws IOException if the folder cannot be read
   */
  public Map<BudgetName, LimitState> all() throws IOException {
    Map<BudgetName, LimitState> all = new LinkedHashMap<>();
    for (Path file : files()) {
      if (Files.size(file) <= LARGEST_FILE) {
        remembered(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), all);
      }
    }
    return all;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(it -> it.toString().endsWith(".limits")).sorted().toList();
    }
  }

  private static void remembered(String text, Map<BudgetName, LimitState> all) {
    try {
      BudgetName name = LimitFile.name(text);
      all.put(name, LimitFile.read(name, text));
    } catch (IllegalArgumentException e) {
      // Damaged, or of a later version: who uses that server is told so.
      return;
    }
  }

  /**
   * Remembers a state, joined with what another program has written meanwhile. The file is replaced
   * as a whole: a reader sees the old one or the new one.
   *
   * @throws IOException if it cannot be written; the old file is as it was
   */
  public void keep(BudgetName name, LimitState state) throws IOException {
    LimitState joined =
        recall(name) instanceof Recall.Known(LimitState theirs)
            ? LimitMerge.of(state, theirs)
            : state;
    write(name, joined);
  }

  /** Remembers a state in place of whatever was remembered, but for a pause. */
  void replace(BudgetName name, LimitState state) throws IOException {
    Pace pace = recall(name) instanceof Recall.Known(LimitState old) ? old.pace() : state.pace();
    write(name, state.withPace(pace));
  }

  /** Forgets what is remembered of a budget; answers whether there was anything. */
  boolean forget(BudgetName name) throws IOException {
    return Files.deleteIfExists(file(name));
  }

  /** Forgets everything, what cannot be read too. */
  void forgetAll() throws IOException {
    for (Path file : files()) {
      Files.deleteIfExists(file);
    }
  }

  private void write(BudgetName name, LimitState state) throws IOException {
    makeFolder();
    byte[] text = LimitFile.write(name, state).getBytes(StandardCharsets.UTF_8);
    Path temporary = temporary();
    try {
      try (FileChannel channel = FileChannel.open(temporary, ONLY_NEW, ownerOnly("rw-------"))) {
        ByteBuffer rest = ByteBuffer.wrap(text);
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
    return folder.resolve("new" + HexFormat.of().toHexDigits(any) + ".limits");
  }

  private static void deleteAfter(IOException cause, Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void makeFolder() throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (!Files.isDirectory(folder)) {
      try {
        Files.createDirectory(folder, ownerOnly("rwx------"));
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      }
    }
  }

  private FileAttribute<?>[] ownerOnly(String permissions) {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private Path file(BudgetName name) {
    return folder.resolve(FileNames.of(name));
  }
}
