package dev.berth.session;

import dev.berth.lifetime.Closer;
import dev.berth.lifetime.Deadline;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All sessions that run, so that they can be ended. Any thread. */
final class Sessions {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<Session> running = new LinkedHashSet<>(); // guarded by lock
  private @Nullable Farewell farewell; // guarded by lock; all are being ended

  /** A session begins; it is told at once if all are being ended. */
  void add(Session session) {
    Farewell late;
    lock.lock();
    try {
      running.add(session);
      late = farewell;
    } finally {
      lock.unlock();
    }
    if (late != null) {
      session.wake(late);
    }
  }

  /** The one with this number, if it runs. */
  Optional<Session> find(long number) {
    lock.lock();
    try {
      return running.stream().filter(session -> session.number() == number).findFirst();
    } finally {
      lock.unlock();
    }
  }

  void remove(Session session) {
    lock.lock();
    try {
      running.remove(session);
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Tells all to end, each when its transfer is over, and whoever comes late. */
  void wakeAll(Farewell why) {
    List<Session> all;
    lock.lock();
    try {
      farewell = why;
      all = List.copyOf(running);
    } finally {
      lock.unlock();
    }
    all.forEach(session -> session.wake(why));
  }

  /** Waits until none is left; answers whether that came about in time. */
  boolean awaitNone(Deadline deadline) throws InterruptedException {
    lock.lock();
    try {
      while (!running.isEmpty() && !deadline.isOver()) {
        ended.awaitNanos(deadline.remainingNanos());
      }
      return running.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all that are left at once, whatever becomes of each. */
  void killAll() throws IOException {
    List<Session> all;
    lock.lock();
    try {
      all = List.copyOf(running);
    } finally {
      lock.unlock();
    }
    Closer closer = new Closer();
    all.forEach(session -> closer.register(session::kill));
    closer.close();
  }
}
