package dev.berth.dialects;

/** Families of FTP servers whose habits differ where Berth cares. */
public enum ServerSoftware {
  /** vsftpd. */
  VSFTPD("vsftpd"),
  /** ProFTPD. */
  PROFTPD("ProFTPD"),
  /** Pure-FTPd. */
  PURE_FTPD("Pure-FTPd"),
  /** A server on Python's pyftpdlib. */
  PYFTPDLIB("pyftpdlib"),
  /** Apache FtpServer, or a product on it. */
  APACHE_FTPSERVER("Apache FtpServer"),
  /** FileZilla Server, old (0.9) and new (1.x). */
  FILEZILLA_SERVER("FileZilla Server"),
  /** The FTP service of Microsoft's IIS. */
  IIS("Microsoft FTP Service"),
  /** Serv-U. */
  SERV_U("Serv-U"),
  /** SFTPGo. */
  SFTPGO("SFTPGo"),
  /** wu-ftpd and what descends from it. */
  WU_FTPD("wu-ftpd"),
  /** Any other, or one that hides what it is. */
  UNKNOWN("an unknown server");

  private final String label;

  ServerSoftware(String label) {
    this.label = label;
  }

  /** The name as its makers write it, for messages. */
  public String label() {
    return label;
  }
}
