package dev.berth.interop;

import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.PeerSettings.Limit;

/** Real servers with the limits of connections that people meet, each refusing in its own way. */
enum LimitedServer {
  /** Refuses instead of the greeting: {@code 421 There are too many connections}. */
  VSFTPD_2(PeerKind.VSFTPD, PeerSettings.plain().perAddress(2), 2),
  /** One connection has to do for everything. */
  VSFTPD_1(PeerKind.VSFTPD, PeerSettings.plain().perAddress(1), 1),
  /** Refuses instead of the greeting, counting connections that have not logged in too. */
  PROFTPD_CONNECTIONS_2(PeerKind.PROFTPD, PeerSettings.plain().line("MaxConnectionsPerHost 2"), 2),
  /** Refuses after PASS, with the code of a wrong password: {@code 530 Sorry}. */
  PROFTPD_CLIENTS_2(PeerKind.PROFTPD, PeerSettings.plain().perAddress(2), 2),
  /** Closes without a word. */
  PROFTPD_INSTANCES_3(PeerKind.PROFTPD, PeerSettings.plain().line("MaxInstances 3"), 3),
  /** Refuses instead of the greeting. */
  PURE_FTPD_2(PeerKind.PURE_FTPD, PeerSettings.plain().perAddress(2), 2),
  /** Refuses after PASS. */
  PURE_FTPD_USER_2(PeerKind.PURE_FTPD, PeerSettings.plain().limit(Limit.PER_USER, 2), 2),
  /** Refuses instead of the greeting. */
  PYFTPDLIB_2(PeerKind.PYFTPDLIB, PeerSettings.plain().perAddress(2), 2),
  /** Refuses after PASS or USER. */
  APACHE_2(PeerKind.APACHE, PeerSettings.plain().perAddress(2), 2);

  private final PeerKind kind;
  private final PeerSettings settings;
  private final int limit;

  LimitedServer(PeerKind kind, PeerSettings settings, int limit) {
    this.kind = kind;
    this.settings = settings;
    this.limit = limit;
  }

  PeerKind kind() {
    return kind;
  }

  PeerSettings settings() {
    return settings;
  }

  /** How many connections it allows us. */
  int limit() {
    return limit;
  }
}
