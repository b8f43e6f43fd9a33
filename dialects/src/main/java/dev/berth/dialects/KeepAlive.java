package dev.berth.dialects;

import java.util.List;

/** What a client says on a connection that rests, so that the server does not close it. */
public enum KeepAlive {
  /** Nothing, in so many words. */
  NOOP,
  /** Where we are. */
  PWD,
  /** How the server is. */
  STAT,
  /** Room for one byte, which servers have done without since the seventies. */
  ALLO,
  /** A listing of one line, over a data connection. */
  LIST_ITSELF;

  /**
   * What is to be said in turn, by what a server of a kind counts as use.
   *
   * <ul>
   *   <li>vsftpd 3.0.3, pyftpdlib 1.5.7, Apache FtpServer 1.2.1: every command. The first with an
   *       idle time of 2 s is alive after 6 s of NOOP ({@code RestTest}); the last two with one of
   *       4 s after 22 s of NOOP, PWD, STAT or ALLO.
   *   <li>ProFTPD 1.3.8: every command resets TimeoutIdle, only a data transfer TimeoutNoTransfer
   *       (its documentation of both). With a TimeoutNoTransfer of 2 s it is alive after 6 s of
   *       listings ({@code RestTest}).
   *   <li>Pure-FTPd 1.0.50: NOOP, PWD, CWD, TYPE and REST count together as no operation, for twice
   *       the idle time (its {@code ftp_parser.c}); ALLO does not. Measured with an idle time of 60
   *       s: NOOP or PWD alone each 20 s, ended for "no operation for 120 seconds"; NOOP and ALLO
   *       in turn, alive after 200 s.
   * </ul>
   *
   * @return at least one
   */
  public static List<KeepAlive> of(ServerSoftware software) {
    return switch (software) {
      case VSFTPD, PYFTPDLIB, APACHE_FTPSERVER -> List.of(NOOP);
      case PROFTPD -> List.of(LIST_ITSELF);
      case PURE_FTPD -> List.of(NOOP, ALLO);
      case FILEZILLA_SERVER, IIS, SFTPGO, SERV_U, WU_FTPD, UNKNOWN -> List.of(NOOP, PWD, STAT);
    };
  }
}
