package dev.berth.gateway;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The logins by which pending files are delivered, in memory and on disk. Any thread may call it.
 *
 * <p>Invariant: the login of a user is on disk while he has a pending file, and no longer.
 */
final class SpoolLogins {
  private final SpoolFiles files;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Map<String, Held> users = new HashMap<>(); // guarded by lock

  /** Of one user. Changed by who has set it busy alone; that is guarded by the lock. */
  private static final class Held {
    private volatile @Nullable SpoolAccount account;
    private int files; // that need it
    private boolean isBusy;
  }

  SpoolLogins(SpoolFiles files) {
    this.files = files;
  }

  /** A file was found on disk, and the login with it, or not. */
  void found(String user) throws IOException {
    Held held = begin(user);
    try {
      if (held.account == null) {
        held.account = files.login(user).orElse(null);
      }
      held.files++;
    } finally {
      end(user, held);
    }
  }

  /** One more file needs it. */
  void hold(SpoolAccount own) throws IOException {
    String user = own.login().user();
    Held held = begin(user);
    try {
      keep(held, own);
      held.files++;
    } finally {
      end(user, held);
    }
  }

  private void keep(Held held, SpoolAccount own) throws IOException {
    if (!own.equals(held.account)) {
      files.keep(own);
      held.account = own;
    }
  }

  /** One file less needs it. */
  void release(String user) throws IOException {
    Held held = begin(user);
    try {
      held.files--;
      if (held.files == 0) {
        files.forget(user);
      }
    } finally {
      end(user, held);
    }
  }

  /** The server has let a user in, with another password perhaps; returns whether it matters. */
  boolean renewed(SpoolAccount own) throws IOException {
    String user = own.login().user();
    Held held = begin(user);
    try {
      if (held.files > 0) {
        keep(held, own);
      }
      return held.files > 0;
    } finally {
      end(user, held);
    }
  }

  /** The login of a user who has something pending. */
  Optional<SpoolAccount> of(String user) {
    lock.lock();
    try {
      Held held = users.get(user);
      return held == null ? Optional.empty() : Optional.ofNullable(held.account);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for who writes the same file, which takes no longer than the disk does. */
  private Held begin(String user) throws IOException {
    lock.lock();
    try {
      DiskWait.await(() -> heldLocked(user).isBusy, ended, "the login of a user");
      Held held = heldLocked(user);
      held.isBusy = true;
      return held;
    } finally {
      lock.unlock();
    }
  }

  private Held heldLocked(String user) {
    assert lock.isHeldByCurrentThread();
    return users.computeIfAbsent(user, it -> new Held());
  }

  private void end(String user, Held held) {
    lock.lock();
    try {
      held.isBusy = false;
      if (held.files == 0) {
        users.remove(user, held);
      }
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
