package dev.berth.limits;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/**
 * What all programs of a machine know of one server's limits: a text in one file, changed under its
 * lock. Accounts are named by their keys. A reader needs no lock: a check sum tells a text that is
 * being written just now. Confined to one thread.
 */
final class SharedState implements Closeable {
  private static final String FILE = "state";
  private static final int LARGEST = 256 * 1024;

  private final BudgetName name;

  /** Open for as long as the program shares: closing it would drop the lock of a second opening. */
  private final FileChannel channel;

  SharedState(BudgetName name, SharedFolder folder) throws IOException {
    this.name = name;
    this.channel = folder.open(FILE);
  }

  /** What is known; nothing if nobody wrote yet, or what stands there is no text of ours. */
  Optional<LimitState> read() throws IOException {
    String text = SharedFolder.read(channel, LARGEST);
    int line = text.indexOf('\n');
    if (line < 0) {
      return Optional.empty();
    }
    String body = text.substring(line + 1);
    try {
      return text.substring(0, line).equals(checkSum(body))
          ? Optional.of(LimitFile.read(name, body))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      // Another version of Berth, or somebody's hand. It is written anew with the next news.
      return Optional.empty();
    }
  }

  /** Changes it, while nobody else does. Waits for another program's change: microseconds. */
  LimitState change(LimitState ifNothing, UnaryOperator<LimitState> change) throws IOException {
    FileLock lock = channel.lock();
    try {
      LimitState after = change.apply(read().orElse(ifNothing));
      String body = LimitFile.write(name, after);
      SharedFolder.write(channel, checkSum(body) + "\n" + body);
      return after;
    } finally {
      lock.release();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static String checkSum(String body) {
    CRC32 sum = new CRC32();
    sum.update(body.getBytes(StandardCharsets.UTF_8));
    return "# " + Long.toHexString(sum.getValue());
  }
}
