package dev.berth.client;

import dev.berth.lifetime.Scope;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was read on a thread of its own, while its owner reads on: a big file takes as long
 * as the slower of network and disk, not as long as both. Two buffers change hands; whoever has one
 * is the only one to touch it. Made by a transfer, closed at its end; one thread owns it.
 *
 * <p>The owner waits for a write as if it wrote itself: an interrupt cannot end that without
 * closing the file, so it waits until the owner reads on.
 *
 * <p>Invariant: the spare buffer is empty, or the writer is at work on it.
 */
final class WriteBehind implements Closeable {
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  private final WritableByteChannel target;
  private final Scope scope = new Scope("write-behind", CLOSE_WITHIN);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private ByteBuffer spare; // guarded by lock; the writer's while it is at work
  private boolean atWork; // guarded by lock
  private @Nullable Throwable failure; // guarded by lock; nothing is written after it
  private boolean told; // guarded by lock; the failure was thrown

  private WriteBehind(WritableByteChannel target, ByteBuffer spare) {
    this.target = target;
    this.spare = spare.clear();
  }

  /**
   * Starts a writer.
   *
   * @param name its thread's name: {@code "upstream-4/writer"}
   * @param target written to by that thread alone from now to {@link #close}; not closed
   * @param spare a buffer; nobody else's until then
   */
  static WriteBehind start(String name, WritableByteChannel target, ByteBuffer spare) {
    var writer = new WriteBehind(target, spare);
    writer.scope.forkPlatform(name, writer::work);
    return writer;
  }

  /**
   * Hands over what was read. While the writer is at work and more fits in, the buffer stays with
   * the caller: the faster side waits for the other seldom.
   *
   * @param read what was read up to its position
   * @return a buffer with room, to read on with
   * @throws LocalException when the target has failed
   */
  ByteBuffer take(ByteBuffer read) throws LocalException {
    lock.lock();
    try {
      while (atWork && !read.hasRemaining()) {
        changed.awaitUninterruptibly();
      }
      checkLocked();
      return atWork ? read : handOverLocked(read);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until everything is written.
   *
   * @param read what was read up to its position
   * @throws LocalException when the target has failed
   */
  void finish(ByteBuffer read) throws LocalException {
    lock.lock();
    try {
      awaitRestLocked();
      checkLocked();
      handOverLocked(read);
      awaitRestLocked();
      checkLocked();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the write under way, which an interrupt would turn into a closed file, and ends. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      awaitRestLocked();
    } finally {
      lock.unlock();
    }
    scope.close();
    tellRest();
  }

  /** What nobody has heard of yet: the transfer may have failed at its other end meanwhile. */
  private void tellRest() throws LocalException {
    lock.lock();
    try {
      if (!told) {
        checkLocked();
      }
    } finally {
      lock.unlock();
    }
  }

  private ByteBuffer handOverLocked(ByteBuffer read) {
    assert lock.isHeldByCurrentThread();
    ByteBuffer empty = spare;
    spare = read.flip();
    atWork = true;
    changed.signalAll();
    return empty;
  }

  private void awaitRestLocked() {
    assert lock.isHeldByCurrentThread();
    while (atWork) {
      changed.awaitUninterruptibly();
    }
  }

  private void checkLocked() throws LocalException {
    assert lock.isHeldByCurrentThread();
    told = failure != null;
    if (failure instanceof IOException e) {
      throw new LocalException(e);
    }
    if (failure != null) {
      throw new IllegalStateException("the target of a transfer failed", failure);
    }
  }

  /** The writer's thread, until {@link #close} interrupts it. */
  private void work() throws InterruptedException {
    while (true) {
      ByteBuffer full = awaitWork();
      Throwable thrown = null;
      try {
        while (full.hasRemaining()) {
          target.write(full);
        }
      } catch (IOException | RuntimeException | Error e) {
        thrown = e;
      }
      rest(thrown);
    }
  }

  private ByteBuffer awaitWork() throws InterruptedException {
    lock.lock();
    try {
      while (!atWork) {
        changed.await();
      }
      return spare;
    } finally {
      lock.unlock();
    }
  }

  private void rest(@Nullable Throwable thrown) {
    lock.lock();
    try {
      failure = thrown;
      spare.clear();
      atWork = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
