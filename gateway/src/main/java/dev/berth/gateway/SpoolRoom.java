package dev.berth.gateway;

import java.util.concurrent.atomic.AtomicLong;

/** How much of an upstream's files may lie on disk. Any thread may call it. */
final class SpoolRoom {
  private final long bytes;
  private final AtomicLong taken = new AtomicLong(); // bytes

  SpoolRoom(long bytes) {
    this.bytes = bytes;
  }

  /** Takes so many bytes of it, if they are left. */
  boolean take(long count) {
    long before = taken.get();
    while (count <= bytes - before) {
      if (taken.compareAndSet(before, before + count)) {
        return true;
      }
      before = taken.get();
    }
    return false;
  }

  /** What lies there already counts, even where there is too much of it. */
  void occupied(long count) {
    taken.addAndGet(count);
  }

  void giveBack(long count) {
    taken.addAndGet(-count);
  }

  boolean isFull() {
    return taken.get() >= bytes;
  }
}
