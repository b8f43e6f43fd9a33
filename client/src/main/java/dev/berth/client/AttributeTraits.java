package dev.berth.client;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was learned of a server's ways with times and permissions, as a part of {@link
 * ServerTraits}. Any thread may call it.
 */
final class AttributeTraits {
  /** A way that never worked is given up after so many files; each may have had its own reason. */
  private static final int MOST_REFUSALS = 3;

  /** How a time can be set, the surest first. */
  enum TimeWay {
    /** The draft of RFC 3659's makers (draft-somers-ftp-mfxx). */
    MFMT,
    /** MDTM with a time before the name, of vsftpd and Serv-U. */
    MDTM,
    /** SITE UTIME name access change making UTC, of wu-ftpd, Pure-FTPd and glftpd. */
    UTIME_FIVE,
    /** SITE UTIME time name, of ProFTPD's mod_site_misc. */
    UTIME_TWO
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<TimeWay> proven = EnumSet.noneOf(TimeWay.class); // guarded by lock
  private final Map<TimeWay, Integer> refusals = new EnumMap<>(TimeWay.class); // guarded by lock
  private boolean takesPermissions = true; // guarded by lock
  private boolean tellsTimes = true; // guarded by lock
  private @Nullable Boolean listsUtime; // guarded by lock; null until SITE HELP was asked

  boolean isProven(TimeWay way) {
    lock.lock();
    try {
      return proven.contains(way);
    } finally {
      lock.unlock();
    }
  }

  boolean isRefused(TimeWay way) {
    lock.lock();
    try {
      return refusals.getOrDefault(way, 0) >= MOST_REFUSALS;
    } finally {
      lock.unlock();
    }
  }

  void worked(TimeWay way) {
    lock.lock();
    try {
      proven.add(way);
      refusals.remove(way);
    } finally {
      lock.unlock();
    }
  }

  void refused(TimeWay way, boolean isForGood) {
    lock.lock();
    try {
      if (!proven.contains(way)) {
        refusals.merge(way, isForGood ? MOST_REFUSALS : 1, Integer::sum);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether SITE CHMOD is worth a try. */
  boolean takesPermissions() {
    lock.lock();
    try {
      return takesPermissions;
    } finally {
      lock.unlock();
    }
  }

  void takesNoPermissions() {
    lock.lock();
    try {
      takesPermissions = false;
    } finally {
      lock.unlock();
    }
  }

  /** Whether SITE HELP has UTIME; nothing before it was asked. */
  Optional<Boolean> listsUtime() {
    lock.lock();
    try {
      return Optional.ofNullable(listsUtime);
    } finally {
      lock.unlock();
    }
  }

  void listsUtime(boolean told) {
    lock.lock();
    try {
      listsUtime = told;
    } finally {
      lock.unlock();
    }
  }

  /** Whether MDTM is worth a try. */
  boolean tellsTimes() {
    lock.lock();
    try {
      return tellsTimes;
    } finally {
      lock.unlock();
    }
  }

  void tellsNoTimes() {
    lock.lock();
    try {
      tellsTimes = false;
    } finally {
      lock.unlock();
    }
  }
}
