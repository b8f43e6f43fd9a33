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
          Subject.ENDS, "log_ftp_protocol=YES in vsftpd.conf",
          Subject.IDLE_ENDS, "log_ftp_protocol=YES in vsftpd.conf")),
  /** The format of wu-ftpd, which vsftpd, ProFTPD and others write too. */
  TRANSFER_LOG(
      "a transfer log (xferlog)",
      Map.of(
          Subject.OPENINGS, "the server's own log",
          Subject.LOGINS, "the server's own log",
          Subject.REFUSALS, "the server's own log",
          Subject.IDLE_ENDS, "the server's own log",
          Subject.ENDS, "the server's own log")),
  /** ProFTPD's SystemLog, or its lines in syslog. */
  PROFTPD_SYSTEM(
      "ProFTPD's SystemLog",
      Map.of(
          Subject.TRANSFERS, "TransferLog, or ExtendedLog with ALL",
          Subject.IDLE_ENDS, "SyslogLevel info in proftpd.conf")),
  /** ProFTPD's ExtendedLog. */
  PROFTPD_EXTENDED(
      "ProFTPD's ExtendedLog",
      Map.of(
          Subject.OPENINGS, "SystemLog",
          Subject.ENDS, "SystemLog",
          Subject.IDLE_ENDS, "SystemLog")),
  /** Pure-FTPd's lines in syslog. */
  PURE_FTPD_SYSLOG(
      "Pure-FTPd's lines in syslog",
      Map.of(
          Subject.REFUSALS,
          "nothing: it writes the first one of an address in a row, and of the server's own limit"
              + " none; a capture would show them")),
  /** Pure-FTPd's {@code AltLog clf:}. */
  PURE_FTPD_TRANSFERS(
      "Pure-FTPd's transfer log (CLF)",
      Map.of(
          Subject.OPENINGS, "VerboseLog or syslog",
          Subject.LOGINS, "syslog",
          Subject.REFUSALS, "syslog",
          Subject.IDLE_ENDS, "syslog",
          Subject.ENDS, "syslog"));

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
  private final Map<Subject, String> missing;

  LogKind(String words, Map<Subject, String> missing) {
    this.words = words;
    this.missing = Map.copyOf(missing);
  }

  /** What to call it in a message. */
  public String words() {
    return words;
  }

  /** What such a log leaves out, wholly or in part, and what would tell it. */
  public Map<Subject, String> missing() {
    return missing;
  }

  /** What a log may tell of sessions. */
  public enum Subject {
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
