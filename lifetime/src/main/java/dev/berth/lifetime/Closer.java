package dev.berth.lifetime;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Closes many things in the reverse order of their registration. Every one is closed, whatever the
 * others throw. Whoever makes it closes it; any thread may call it.
 *
 * <p>Invariant: whatever was handed to {@link #register} is closed exactly once, also if that was
 * too late.
 */
public final class Closer implements Closeable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Closeable> open = new ArrayDeque<>(); // guarded by lock
  private boolean closed; // guarded by lock

  /** A closer with nothing to close yet. */
  public Closer() {}

  /**
   * Takes a thing over, to be closed before all that were registered earlier.
   *
   * @return the thing itself
   * @throws IllegalStateException if this is closed already; the thing has then been closed, and
   *     what its close threw is suppressed under this exception
   */
  public <C extends Closeable> C register(C thing) {
    lock.lock();
    try {
      if (!closed) {
        open.push(thing);
        return thing;
      }
    } finally {
      lock.unlock();
    }
    var late = new IllegalStateException("registered after the close: " + thing);
    try {
      thing.close();
    } catch (IOException | RuntimeException e) {
      late.addSuppressed(e);
    }
    throw late;
  }

  /**
   * Closes everything, the youngest first. A second call does nothing.
   *
   * @throws IOException the first failure, the rest suppressed under it; unchecked exceptions and
   *     errors are thrown as they are. Everything is closed all the same
   */
  @Override
  public void close() throws IOException {
    List<Throwable> failures = new ArrayList<>();
    for (Closeable thing : takeAll()) {
      try {
        thing.close();
      } catch (Throwable t) {
        failures.add(t);
      }
    }
    Failures.rethrow(Failures.combine(failures));
  }

  private List<Closeable> takeAll() {
    lock.lock();
    try {
      closed = true;
      List<Closeable> all = List.copyOf(open);
      open.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }
}
