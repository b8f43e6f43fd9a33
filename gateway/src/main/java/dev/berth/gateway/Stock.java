package dev.berth.gateway;

import dev.berth.wire.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was read ahead of a client: one thread adds to it, another takes from it. Whoever has made
 * it gives the file back.
 */
final class Stock {
  private final FileChannel file;
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long bytes; // guarded by lock
  private @Nullable End end; // guarded by lock

  /** Why no more is added. */
  sealed interface End {
    /** It was all, and the server has said so. */
    record Whole(Reply last) implements End {}

    /** The server's side has failed. */
    record Failed(IOException failure) implements End {}

    /**
     * There is no more room.
     *
     * @param rest was read, and is not in the file
     */
    record Full(ByteBuffer rest) implements End {}
  }

  Stock(FileChannel file, long mostBytes) {
    this.file = file;
    this.mostBytes = mostBytes;
  }

  FileChannel file() {
    return file;
  }

  /** How much more may be added. Asked by the thread that adds. */
  long room() {
    return mostBytes - bytes();
  }

  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Adds all of it, or what the disk takes; {@code from} holds the rest then. */
  void add(ByteBuffer from) throws IOException {
    long at = bytes();
    try {
      while (from.hasRemaining()) {
        at += file.write(from, at);
      }
    } finally {
      publish(at);
    }
  }

  private void publish(long now) {
    lock.lock();
    try {
      bytes = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void end(End why) {
    lock.lock();
    try {
      end = why;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is more than what was taken, or nothing comes any more. */
  void awaitMoreThan(long taken) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (bytes <= taken && end == null) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Why nothing comes any more; null: more may come. */
  @Nullable End ended() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }
}
