package dev.berth.dialects;

import java.time.Duration;

/**
 * How a family of servers behaves where a client has to know. What was not measured is the careful
 * value: no pipelining, the longest settle delay, the shortest idle time.
 *
 * @param pipelining which commands it takes before the reply to the one before
 * @param settle how long after the end of a connection its place is counted as taken still
 * @param idleTimeout after how long without a command it closes a connection, as shipped
 * @param evidence where the values are from
 */
public record ServerHabits(
    Pipelining pipelining, Duration settle, Duration idleTimeout, String evidence) {
  /** Which commands a server takes ahead. Never behind a STOR, and with every reply read. */
  public enum Pipelining {
    /** One command, one reply. */
    NONE,
    /** EPSV and RETR in one packet. */
    PAIR,
    /** Besides that, the next such pair while a RETR runs. */
    AHEAD
  }

  /** The idle time that is safe to assume: the shortest of all as shipped, that of IIS. */
  private static final Duration SHORTEST_IDLE = Duration.ofMinutes(2);

  /**
   * Of 10 clients that reconnect on the server's FIN, vsftpd lets 3 in and Pure-FTPd, on the 221,
   * 5; 20 ms and 5 ms later all get in. The rest is room for a busy machine.
   */
  private static final Duration LONG_SETTLE = Duration.ofMillis(250);

  /** ProFTPD needs none, pyftpdlib and Apache FtpServer 1 ms. */
  private static final Duration SHORT_SETTLE = Duration.ofMillis(50);

  public ServerHabits {
    if (settle.isNegative() || idleTimeout.toSeconds() < 1) {
      throw new IllegalArgumentException("not times to wait: " + settle + ", " + idleTimeout);
    }
  }

  /** The habits of a family. */
  public static ServerHabits of(ServerSoftware software) {
    return switch (software) {
      case VSFTPD ->
          new ServerHabits(
              Pipelining.AHEAD,
              LONG_SETTLE,
              Duration.ofMinutes(5),
              "vsftpd 3.0.3, measured; idle_session_timeout as shipped");
      case PROFTPD ->
          // A pair behind a RETR goes well in plain text; in TLS it reads commands meanwhile and
          // answers "450 EPSV: data transfer in progress".
          new ServerHabits(
              Pipelining.PAIR,
              SHORT_SETTLE,
              Duration.ofMinutes(5),
              "ProFTPD 1.3.8, measured; TimeoutNoTransfer as shipped");
      case PURE_FTPD ->
          // A next pair behind a RETR worked in one trial, in another: "500 Unknown command".
          new ServerHabits(
              Pipelining.PAIR,
              LONG_SETTLE,
              Duration.ofMinutes(15),
              "Pure-FTPd 1.0.50, measured; MaxIdleTime as shipped");
      case PYFTPDLIB ->
          // A second EPSV during a transfer closes the first one's listener.
          new ServerHabits(
              Pipelining.PAIR,
              SHORT_SETTLE,
              Duration.ofMinutes(5),
              "pyftpdlib 1.5.7, measured; FTPHandler.timeout as shipped");
      case APACHE_FTPSERVER ->
          // A next pair worked too, but in one measurement only.
          new ServerHabits(
              Pipelining.PAIR,
              SHORT_SETTLE,
              Duration.ofMinutes(5),
              "Apache FtpServer 1.2.1, measured; the listener's idle-timeout as shipped");
      case FILEZILLA_SERVER -> unmeasured(SHORTEST_IDLE, "1 h in 1.x; shorter before");
      case IIS -> unmeasured(SHORTEST_IDLE, "IIS: controlChannelTimeout as documented");
      case SFTPGO -> unmeasured(Duration.ofMinutes(15), "SFTPGo: idle_timeout as documented");
      case SERV_U, WU_FTPD, UNKNOWN -> unmeasured(SHORTEST_IDLE, "nothing measured");
    };
  }

  /**
   * The same with the idle time that a server states.
   *
   * @param timeout more than zero
   */
  ServerHabits withIdleTimeout(Duration timeout) {
    return new ServerHabits(pipelining, settle, timeout, evidence);
  }

  private static ServerHabits unmeasured(Duration idle, String evidence) {
    return new ServerHabits(Pipelining.NONE, LONG_SETTLE, idle, evidence);
  }
}
