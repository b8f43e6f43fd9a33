package dev.berth.testkit;

/** The real servers that {@link Peers} can start. */
public enum PeerKind {
  /** vsftpd 3.0.3: two processes a session, refuses instead of the greeting. Needs root. */
  VSFTPD("vsftpd"),
  /** ProFTPD 1.3.8: a process a session, refuses with 530 after PASS. Needs root. */
  PROFTPD("proftpd"),
  /** Pure-FTPd 1.0.50: two processes a session, refuses instead of the greeting. Needs root. */
  PURE_FTPD("pure-ftpd"),
  /** pyftpdlib 1.5.7: one process, one thread. */
  PYFTPDLIB("pyftpdlib"),
  /** Apache FtpServer 1.2.1 in a JVM of its own: refuses after USER. */
  APACHE("apache-ftpserver");

  private final String program;

  PeerKind(String program) {
    this.program = program;
  }

  /** The name of the program, as in {@code .peers/NAME}. */
  @Override
  public String toString() {
    return program;
  }
}
