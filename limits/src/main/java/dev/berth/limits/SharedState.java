package dev.berth.limits;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What all programs of a machine know of one server's limits: a text in one file, changed under its
 * lock. Accounts are named by their keys. A reader needs no lock: a check sum tells a text that is
 * being written just now. Confined to one thread.
 */
final class SharedState implements Closeable {
  private static final String FILE = "state";
  private static final int LARGEST = 256 * 1024;
  private static final int MOST_TRIES = 1000;
  private static final long BETWEEN_TRIES_NANOS = 1_000_000;

  /** What a file says. */
  record Text(BudgetName name, LimitState state) {}

  private final BudgetName name;

  private final SharedFolder folder;

  /** Open for as long as the program shares: closing it would drop the lock of a second opening. */
  private SharedFile file;

  SharedState(BudgetName name, SharedFolder folder) throws IOException {
    this.name = name;
    this.folder = folder;
    this.file = SharedFile.open(folder, FILE);
  }

  /** What others find under the name, should somebody have cleaned up there. */
  private FileChannel channel() throws IOException {
    if (file.isReplaced(folder, FILE)) {
      file.close();
      file = SharedFile.open(folder, FILE);
    }
    return file.channel();
  }

  /** What is known; nothing if nobody wrote yet, or what stands there is no text of ours. */
  Optional<LimitState> read() throws IOException {
    return read(channel());
  }

  private Optional<LimitState> read(FileChannel channel) throws IOException {
    return parsed(SharedFolder.read(channel, LARGEST))
        .filter(it -> it.name().equals(name))
        .map(Text::state);
  }

  /** What is known of which budget, read from outside. */
  static Optional<Text> text(SharedFolder folder) throws IOException {
    return parsed(folder.read(FILE, LARGEST));
  }

  static Optional<Text> parsed(String text) {
    int line = text.indexOf('\n');
    if (line < 0 || !text.substring(0, line).equals(checkSum(text.substring(line + 1)))) {
      return Optional.empty();
    }
    try {
      String body = text.substring(line + 1);
      BudgetName name = LimitFile.name(body);
      return Optional.of(new Text(name, LimitFile.read(name, body)));
    } catch (IllegalArgumentException e) {
      // Another version of Berth, or somebody's hand. It is written anew with the next news.
      return Optional.empty();
    }
  }

  /**
   * Changes it, while nobody else does. Another program's change takes microseconds, unless that
   * program was stopped meanwhile: then ours is made without the lock.
   *
   * <p>Not by a lock that waits: the kernel takes two threads of one process that wait for two
   * locks for a deadlock, whoever holds these.
   */
  LimitState change(LimitState ifNothing, UnaryOperator<LimitState> change) throws IOException {
    FileChannel channel = channel();
    FileLock lock = lock(channel);
    try {
      LimitState after = change.apply(read(channel).orElse(ifNothing));
      String body = LimitFile.write(name, after);
      SharedFolder.write(channel, signed(body));
      return after;
    } finally {
      if (lock != null) {
        lock.release();
      }
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    for (int again = 0; lock == null && again < MOST_TRIES; again++) {
      LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
      lock = channel.tryLock();
    }
    return lock;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** A text as it stands in the file. */
  static String signed(String body) {
    return checkSum(body) + "\n" + body;
  }

  private static String checkSum(String body) {
    CRC32 sum = new CRC32();
    sum.update(body.getBytes(StandardCharsets.UTF_8));
    return "# " + Long.toHexString(sum.getValue());
  }
}
