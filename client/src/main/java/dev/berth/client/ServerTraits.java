package dev.berth.client;

import dev.berth.dialects.ServerDialect;
import dev.berth.dialects.ServerHabits;
import dev.berth.dialects.ServerSoftware;
import dev.berth.wire.Command;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was learned of one server's ways, shared by all connections to it: what worked once is used
 * at once on the next connection. Any thread may call it.
 */
public final class ServerTraits {
  /** How the server lets a part of an upload be continued. */
  enum StoreContinuation {
    /** By REST and STOR, as far as is known. */
    RESTART,
    /** Not so; but by APPE, as far as is known. */
    APPEND,
    /** Neither way. */
    NONE
  }

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ServerDialect dialect; // guarded by lock
  private boolean extendedPassive = true; // guarded by lock
  private boolean passiveProven; // guarded by lock
  private boolean passiveImpossible; // guarded by lock
  private int passiveUnreachable; // guarded by lock; how often, one way after the other
  private boolean extendedActive = true; // guarded by lock
  private boolean activeProven; // guarded by lock
  private boolean announcement = true; // guarded by lock
  private boolean tls12Only; // guarded by lock
  private boolean dotFilesByOption = true; // guarded by lock
  private @Nullable ZoneId zone; // guarded by lock
  private StoreContinuation storeContinuation = StoreContinuation.RESTART; // guarded by lock

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

  /**
   * A passive port could not be reached. Before it ever could: some firewalls follow PASV only, so
   * that is tried next; over IPv6 the same again. After that there is no passive mode here.
   */
  void passiveUnreachable(boolean overIpv6) {
    lock.lock();
    try {
      if (passiveProven) {
        return;
      }
      if (extendedPassive && !overIpv6) {
        extendedPassive = false;
        passiveUnreachable = 1;
        return;
      }
      passiveUnreachable++;
      passiveImpossible |= passiveUnreachable >= 2;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Passive mode was refused for good.
   *
   * @return whether it is impossible, as it never worked
   */
  boolean passiveRefused() {
    lock.lock();
    try {
      passiveImpossible |= !passiveProven;
      return passiveImpossible;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the server is to connect, unless that is forbidden. */
  boolean isPassiveImpossible() {
    lock.lock();
    try {
      return passiveImpossible;
    } finally {
      lock.unlock();
    }
  }

  /** Whether EPRT is to be tried before PORT (RFC 2428). */
  boolean hasExtendedActive() {
    lock.lock();
    try {
      return extendedActive;
    } finally {
      lock.unlock();
    }
  }

  void withoutExtendedActive() {
    lock.lock();
    try {
      extendedActive = false;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the server has made a data connection to us. */
  boolean isActiveProven() {
    lock.lock();
    try {
      return activeProven;
    } finally {
      lock.unlock();
    }
  }

  void activeWorked() {
    lock.lock();
    try {
      activeProven = true;
    } finally {
      lock.unlock();
    }
  }

  /** Active mode did not work; if it never has, passive mode is worth another look. */
  void activeFailed() {
    lock.lock();
    try {
      if (!activeProven) {
        passiveImpossible = false;
        passiveUnreachable = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether EPRT and RETR may go in one packet. Measured, 200 pairs each: vsftpd 3.0.3, ProFTPD
   * 1.3.8, Pure-FTPd 1.0.50 and Apache FtpServer 1.2.1 answer each in turn; pyftpdlib 1.5.7 answers
   * the RETR first.
   */
  boolean takesActivePairs() {
    return pipelining() != ServerHabits.Pipelining.NONE
        && dialect().map(known -> known.software() != ServerSoftware.PYFTPDLIB).orElse(false);
  }

  /** Whether the server takes the PRET that it lists. */
  boolean takesAnnouncement() {
    lock.lock();
    try {
      return announcement;
    } finally {
      lock.unlock();
    }
  }

  void withoutAnnouncement() {
    lock.lock();
    try {
      announcement = false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * How a server reads the octet 255 in a pathname. Measured: ProFTPD 1.3.8 takes two for one, as
   * Telnet has it; vsftpd 3.0.3 and Pure-FTPd 1.0.50 take two for two. pyftpdlib and Apache
   * FtpServer have no such names at all.
   */
  static Command.Telnet telnet(ServerDialect dialect) {
    return switch (dialect.software()) {
      case VSFTPD, PURE_FTPD -> Command.Telnet.BARE;
      case PROFTPD,
          PYFTPDLIB,
          APACHE_FTPSERVER,
          FILEZILLA_SERVER,
          IIS,
          SFTPGO,
          SERV_U,
          WU_FTPD,
          UNKNOWN ->
          Command.Telnet.DOUBLED;
    };
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

  /** How a part of an upload is to be continued. */
  StoreContinuation storeContinuation() {
    lock.lock();
    try {
      return storeContinuation;
    } finally {
      lock.unlock();
    }
  }

  /** The server refused to continue an upload in this way. */
  void withoutStoreContinuation(StoreContinuation refused) {
    lock.lock();
    try {
      if (storeContinuation == refused) {
        storeContinuation =
            switch (refused) {
              case RESTART -> StoreContinuation.APPEND;
              case APPEND, NONE -> StoreContinuation.NONE;
            };
      }
    } finally {
      lock.unlock();
    }
  }
}
