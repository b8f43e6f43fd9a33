package dev.berth.session;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends a transfer from outside: by ABOR, or as the control connection has ended. Made for each
 * transfer; the session's thread registers what it waits for, any thread may ask.
 *
 * <p>Invariant: once asked, whatever is registered is closed.
 */
final class Abort {
  private static final Logger LOG = System.getLogger(Abort.class.getName());

  /** Why a transfer was ended. */
  enum Cause {
    /** The client sent ABOR. */
    ASKED,
    /** The session is being ended from this side. */
    STOPPED,
    /** Nothing moves in it, and others wait. */
    GIVES_WAY,
    /** The client's side of the control connection has ended, perhaps with the client. */
    CONTROL_ENDED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Cause cause; // guarded by lock
  private @Nullable Closeable waitedFor; // guarded by lock

  /** From now on this is closed when the transfer is to end; in place of what was before. */
  void register(Closeable thing) {
    lock.lock();
    try {
      waitedFor = thing;
      if (cause == null) {
        return;
      }
    } finally {
      lock.unlock();
    }
    close(thing);
  }

  /** Ends the transfer. The first cause counts. */
  void ask(Cause why) {
    Closeable thing;
    lock.lock();
    try {
      if (cause == null) {
        cause = why;
      }
      thing = waitedFor;
    } finally {
      lock.unlock();
    }
    if (thing != null) {
      close(thing);
    }
  }

  /** Why it was asked for, or null. */
  @Nullable Cause cause() {
    lock.lock();
    try {
      return cause;
    } finally {
      lock.unlock();
    }
  }

  private static void close(Closeable thing) {
    try {
      thing.close();
    } catch (IOException e) {
      // Whoever waits for it learns more.
      LOG.log(Level.DEBUG, "event=close-failed", e);
    }
  }
}
