package dev.berth.session;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Large buffers outside the heap, which are dear to make, kept for the next transfer. Any thread.
 */
public final class BufferShelf {
  private static final int BYTES = 256 * 1024;
  private static final int MOST_KEPT = 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<ByteBuffer> shelf = new ArrayDeque<>(); // guarded by lock

  /** A shelf with nothing on it yet. */
  public BufferShelf() {}

  /** A buffer with room for much; given back when the transfer is over. */
  public ByteBuffer take() {
    lock.lock();
    try {
      ByteBuffer kept = shelf.poll();
      if (kept != null) {
        return kept.clear();
      }
    } finally {
      lock.unlock();
    }
    return ByteBuffer.allocateDirect(BYTES);
  }

  /** Puts a buffer back, which its user must not touch any more. */
  public void giveBack(ByteBuffer buffer) {
    lock.lock();
    try {
      if (shelf.size() < MOST_KEPT) {
        shelf.push(buffer);
      }
    } finally {
      lock.unlock();
    }
  }
}
