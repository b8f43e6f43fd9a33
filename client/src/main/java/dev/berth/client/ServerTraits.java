package dev.berth.client;

import dev.berth.dialects.ServerDialect;
import dev.berth.dialects.ServerHabits;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was learned of one server's ways, shared by all connections to it: what worked once is used
 * at once on the next connection. Any thread may call it.
 */
public final class ServerTraits {
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ServerDialect dialect; // guarded by lock
  private boolean extendedPassive = true; // guarded by lock
  private boolean passiveProven; // guarded by lock
  private boolean tls12Only; // guarded by lock
  private boolean dotFilesByOption = true; // guarded by lock
  private @Nullable ZoneId zone; // guarded by lock

  /** What the server told of itself; nothing before the first connection. */
  public Optional<ServerDialect> dialect() {
    lock.lock();
    try {
      return Optional.ofNullable(dialect);
    } finally {
      lock.unlock();
    }
  }

  void recognised(ServerDialect seen) {
    lock.lock();
    try {
      dialect = seen;
    } finally {
      lock.unlock();
    }
  }

  /** Which commands the server takes ahead. */
  ServerHabits.Pipelining pipelining() {
    return dialect().map(known -> known.habits().pipelining()).orElse(ServerHabits.Pipelining.NONE);
  }

  /** Whether EPSV is to be tried before PASV (RFC 2428). */
  boolean hasExtendedPassive() {
    lock.lock();
    try {
      return extendedPassive;
    } finally {
      lock.unlock();
    }
  }

  void withoutExtendedPassive() {
    lock.lock();
    try {
      extendedPassive = false;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a data connection was made in the way that is now in use. */
  boolean isPassiveProven() {
    lock.lock();
    try {
      return passiveProven;
    } finally {
      lock.unlock();
    }
  }

  void passiveWorked() {
    lock.lock();
    try {
      passiveProven = true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the server runs out of sessions to resume in TLS 1.3. */
  boolean isTls12Only() {
    lock.lock();
    try {
      return tls12Only;
    } finally {
      lock.unlock();
    }
  }

  void resumesOnlyInTls12() {
    lock.lock();
    try {
      tls12Only = true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether LIST takes the option {@code -a}, which shows dot files. */
  boolean takesListOption() {
    lock.lock();
    try {
      return dotFilesByOption;
    } finally {
      lock.unlock();
    }
  }

  void withoutListOption() {
    lock.lock();
    try {
      dotFilesByOption = false;
    } finally {
      lock.unlock();
    }
  }

  /** The zone of the times that LIST gives, once it was found out. */
  Optional<ZoneId> listingZone() {
    lock.lock();
    try {
      return Optional.ofNullable(zone);
    } finally {
      lock.unlock();
    }
  }

  void listsTimesOf(ZoneId found) {
    lock.lock();
    try {
      zone = found;
    } finally {
      lock.unlock();
    }
  }
}
