package dev.berth.logs;

import java.util.Map;

/**
 * Which log of which program a file is, and what such a log leaves out. What is left out is said of
 * it, and not made up.
 */
public enum LogKind {
  /** vsftpd's own log ({@code vsftpd_log_file}), without {@code log_ftp_protocol}. */
  VSFTPD(
      "vsftpd's log",
      Map.of(
          Fact.ENDS, "log_ftp_protocol=YES in vsftpd.conf",
          Fact.IDLE_ENDS, "log_ftp_protocol=YES in vsftpd.conf")),
  /** The format of wu-ftpd, which vsftpd, ProFTPD and others write too. */
  TRANSFER_LOG(
      "a transfer log (xferlog)",
      Map.of(
          Fact.OPENINGS, "the server's own log",
          Fact.LOGINS, "the server's own log",
          Fact.REFUSALS, "the server's own log",
          Fact.IDLE_ENDS, "the server's own log",
          Fact.ENDS, "the server's own log")),
  /** ProFTPD's SystemLog, or its lines in syslog. */
  PROFTPD_SYSTEM(
      "ProFTPD's SystemLog",
      Map.of(
          Fact.TRANSFERS, "TransferLog, or ExtendedLog with ALL",
          Fact.IDLE_ENDS, "SyslogLevel info in proftpd.conf")),
  /** ProFTPD's ExtendedLog. */
  PROFTPD_EXTENDED(
      "ProFTPD's ExtendedLog",
      Map.of(
          Fact.OPENINGS, "SystemLog",
          Fact.ENDS, "SystemLog",
          Fact.IDLE_ENDS, "SystemLog")),
  /** Pure-FTPd's lines in syslog. */
  PURE_FTPD_SYSLOG(
      "Pure-FTPd's lines in syslog",
      Map.of(
          Fact.REFUSALS,
          "nothing: it writes the first one of an address in a row, and of the server's own limit"
              + " none; a capture would show them")),
  /** Pure-FTPd's {@code AltLog clf:}. */
  PURE_FTPD_TRANSFERS(
      "Pure-FTPd's transfer log (CLF)",
      Map.of(
          Fact.OPENINGS, "VerboseLog or syslog",
          Fact.LOGINS, "syslog",
          Fact.REFUSALS, "syslog",
          Fact.IDLE_ENDS, "syslog",
          Fact.ENDS, "syslog"));

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
  private final Map<Fact, String> missing;

  LogKind(String words, Map<Fact, String> missing) {
    this.words = words;
    this.missing = Map.copyOf(missing);
  }

  /** What to call it in a message. */
  public String words() {
    return words;
  }

  /** What such a log leaves out, wholly or in part, and what would tell it. */
  public Map<Fact, String> missing() {
    return missing;
  }

  /** What a log may tell of sessions. */
  public enum Fact {
    /** When a control connection was opened. */
    OPENINGS,
    /** When it ended. */
    ENDS,
    /** Logins that succeeded. */
    LOGINS,
    /** Refusals by a limit. */
    REFUSALS,
    /** Files that were moved. */
    TRANSFERS,
    /** Ends by a server that waited too long. */
    IDLE_ENDS
  }
}
