package dev.berth.gateway;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The spool of one upstream on disk, readable by its owner alone. A file counts from the moment at
 * which its line in the journal stands under its name ({@code ID.file} in {@code pending}), which
 * is the last thing done, and until that is gone, which is the first; so whatever moment a program
 * is killed at, a file is there as a whole or not at all.
 *
 * <p>Only who has {@link #tryLock locked} it changes anything. Different files may be changed by
 * different threads at once.
 */
final class SpoolFiles implements Closeable {
  private static final String JOURNAL = ".file";
  private static final String CONTENT = ".content";
  private static final String ACCOUNT = ".account";
  private static final int LARGEST_TEXT = 256 * 1024;

  private final Path folder;
  private final Path incoming;
  private final Path pending;
  private final Path failed;
  private final Path accounts;
  private final FileChannel lock;

  private SpoolFiles(Path folder) throws IOException {
    this.folder = folder;
    this.incoming = made(folder.resolve("incoming"));
    this.pending = made(folder.resolve("pending"));
    this.failed = made(folder.resolve("failed"));
    this.accounts = made(folder.resolve("accounts"));
    this.lock =
        FileChannel.open(
            folder.resolve("lock"),
            Set.<OpenOption>of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            owner("rw-------"));
  }

  /**
   * The folder, made if need be; not locked.
   *
   * @throws IOException if it cannot be made or used
   */
  static SpoolFiles in(Path folder) throws IOException {
    return new SpoolFiles(made(folder));
  }

  /** A folder of the owner's alone, unless it is there. */
  static Path made(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      return Files.createDirectory(folder, owner("rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      return folder;
    }
  }

  static FileAttribute<?>[] owner(String permissions) {
    boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  Path folder() {
    return folder;
  }

  /** Whether it is ours from now on, to the end of this program. */
  boolean tryLock() throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // Of this very program.
    }
  }

  /**
   * What is pending, in order. What others have left half done is brought to its end: of what was
   * being received nothing stays; what was being put aside is.
   */
  List<SpooledFile> recover() throws IOException {
    for (Path part : list(incoming, "")) {
      Files.delete(part);
    }
    List<SpooledFile> files = new ArrayList<>();
    for (Path journal : list(pending, JOURNAL)) {
      files.add(read(journal));
    }
    for (Path content : list(pending, CONTENT)) {
      String id = name(content, CONTENT);
      if (Files.exists(failed.resolve(id + JOURNAL))) {
        move(content, failed.resolve(id + CONTENT));
      } else if (!Files.exists(pending.resolve(id + JOURNAL))) {
        Files.delete(content);
      }
    }
    for (SpooledFile file : files) {
      requireContent(file);
    }
    return files;
  }

  private void requireContent(SpooledFile file) throws IOException {
    Path content = content(file);
    if (Files.size(content) != file.sizeBytes()) {
      throw new IOException(content + " is damaged: not of " + file.sizeBytes() + " bytes");
    }
  }

  private static SpooledFile read(Path journal) throws IOException {
    try {
      return SpooledFile.of(text(journal));
    } catch (IllegalArgumentException e) {
      throw new IOException(journal + " is damaged: " + e.getMessage(), e);
    }
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > LARGEST_TEXT) {
      throw new IOException(file + " is damaged: larger than " + LARGEST_TEXT + " bytes");
    }
    return Files.readString(file, StandardCharsets.US_ASCII);
  }

  private static List<Path> list(Path folder, String ending) throws IOException {
    try (Stream<Path> each = Files.list(folder)) {
      return each.filter(it -> it.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static String name(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ending.length());
  }

  /** A file to receive into; gone with the next start, unless it is kept. */
  Path part(String name) {
    return incoming.resolve(name);
  }

  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.<OpenOption>of(
            StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ),
        owner("rw-------"));
  }

  /** From now on it is pending, whatever happens. Its octets are on the disk already. */
  void keep(Path part, SpooledFile file) throws IOException {
    move(part, content(file));
    force(pending);
    try {
      update(file);
    } catch (IOException e) {
      Files.deleteIfExists(pending.resolve(file.id() + JOURNAL)); // It may have its name already.
      Files.deleteIfExists(content(file));
      throw e;
    }
  }

  /** Writes down how far it has come. */
  void update(SpooledFile file) throws IOException {
    write(pending, file.id() + JOURNAL, file.text());
  }

  private void write(Path to, String name, String text) throws IOException {
    Path fresh = incoming.resolve(name + ".new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              Set.<OpenOption>of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE),
              owner("rw-------"))) {
        ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      move(fresh, to.resolve(name));
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
    force(to);
  }

  /** Its octets, for who sends them. */
  FileChannel open(SpooledFile file) throws IOException {
    return FileChannel.open(content(file), StandardOpenOption.READ);
  }

  private Path content(SpooledFile file) {
    return pending.resolve(file.id() + CONTENT);
  }

  /** It is done with. */
  void remove(SpooledFile file) throws IOException {
    Files.deleteIfExists(pending.resolve(file.id() + JOURNAL));
    force(pending);
    Files.deleteIfExists(content(file));
  }

  /** It cannot be delivered: kept for people, with the reason beside it. */
  void putAside(SpooledFile file, String reason) throws IOException {
    Path told = failed.resolve(file.id() + ".reason");
    Files.deleteIfExists(told);
    try (FileChannel channel = create(told)) {
      channel.write(ByteBuffer.wrap((reason + "\n").getBytes(StandardCharsets.UTF_8)));
    }
    move(pending.resolve(file.id() + JOURNAL), failed.resolve(file.id() + JOURNAL));
    force(failed);
    force(pending);
    move(content(file), failed.resolve(file.id() + CONTENT));
  }

  /** The login by which a user's files are delivered. */
  void keep(SpoolAccount account) throws IOException {
    write(accounts, accountFile(account.login().user()), account.text());
  }

  /** The same; nothing if none was kept. */
  Optional<SpoolAccount> login(String user) throws IOException {
    Path file = account(user);
    try {
      return Optional.of(SpoolAccount.of(text(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Nothing is to be delivered by it any more. */
  void forget(String user) throws IOException {
    Files.deleteIfExists(account(user));
  }

  /** All logins but those of users that have something pending. */
  void forgetAllBut(Set<String> users) throws IOException {
    Set<Path> kept = new HashSet<>();
    users.forEach(user -> kept.add(account(user)));
    for (Path file : list(accounts, ACCOUNT)) {
      if (!kept.contains(file)) {
        Files.delete(file);
      }
    }
  }

  private Path account(String user) {
    return accounts.resolve(accountFile(user));
  }

  /** User names are no file names. */
  private static String accountFile(String user) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] of = digest.digest(SpooledFile.written(user).getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(of, 0, 16) + ACCOUNT;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A name is on the disk only when its folder is. Where folders cannot be opened they are. */
  private static void force(Path folder) throws IOException {
    if (File.separatorChar == '/') {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Gives up the lock. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
