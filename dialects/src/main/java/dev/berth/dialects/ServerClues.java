package dev.berth.dialects;

import dev.berth.wire.Reply;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What in a server's words tells its family: a table, with the source of each row. */
final class ServerClues {
  /** The reply that the words stand in. */
  enum Place {
    GREETING("greeting", 220),
    SYSTEM("reply to SYST", 215),
    FEATURES("reply to FEAT", 211);

    private final String words;
    private final int code;

    Place(String words, int code) {
      this.words = words;
      this.code = code;
    }

    String words() {
      return words;
    }
  }

  /**
   * A row.
   *
   * @param pattern found in the lines of the reply, each stripped, joined by line feeds
   * @param source where such a reply was seen
   */
  record Clue(ServerSoftware software, Place place, Pattern pattern, String source) {}

  /** Texts that are no clue: "Service ready for new user." and "Windows_NT", which many send. */
  static final List<Clue> TABLE =
      List.of(
          greeting(ServerSoftware.VSFTPD, "\\(vsftpd\\b", "vsftpd 3.0.3, run"),
          greeting(ServerSoftware.PROFTPD, "\\bProFTPD\\b.*\\bServer\\b", "ProFTPD 1.3.8, run"),
          greeting(ServerSoftware.PURE_FTPD, "\\bPure-FTPd\\b", "Pure-FTPd 1.0.50, run"),
          greeting(ServerSoftware.PYFTPDLIB, "\\bpyftpdlib\\b", "pyftpdlib 1.5.7, run"),
          greeting(ServerSoftware.FILEZILLA_SERVER, "\\bFileZilla Server\\b", "logs, 0.9 to 1.12"),
          greeting(ServerSoftware.IIS, "\\bMicrosoft FTP Service\\b", "logs, IIS 5 to 10"),
          greeting(ServerSoftware.SERV_U, "\\bServ-U FTP\\b", "logs, Serv-U 5 to 15"),
          greeting(ServerSoftware.SFTPGO, "\\bSFTPGo(?:_|\\b)", "sftpgo: internal/ftpd/server.go"),
          greeting(ServerSoftware.WU_FTPD, "\\(Version wu-", "logs, wu-ftpd 2.4 to 2.6"),
          system(ServerSoftware.APACHE_FTPSERVER, "\\bApache FtpServer\\b", "1.2.1, run"),
          system(ServerSoftware.FILEZILLA_SERVER, "\\bby FileZilla\\b", "logs, 0.9 to 1.7"),
          features(ServerSoftware.PROFTPD, "^MFF .*\\bUNIX\\.mode;", "ProFTPD 1.3.8, run"),
          features(ServerSoftware.PURE_FTPD, "^ESTA$[\\s\\S]*^ESTP$", "Pure-FTPd 1.0.50, run"),
          features(ServerSoftware.PYFTPDLIB, "\\nEnd FEAT\\.$", "pyftpdlib 1.5.7, run"),
          features(ServerSoftware.APACHE_FTPSERVER, "^MMD5$", "Apache FtpServer 1.2.1, run"),
          features(
              ServerSoftware.IIS, "^AUTH TLS;TLS-C;SSL;TLS-P;", "proftpd: mod_proxy; IIS 7 on"),
          features(
              ServerSoftware.VSFTPD,
              "\\AFeatures:\\n(?:AUTH"
                  + " \\w{1,9}\\n){0,4}EPRT\\nEPSV\\nMDTM\\nPASV\\n(?:PBSZ\\nPROT\\n)?REST"
                  + " STREAM\\nSIZE\\nTVFS\\n(?:UTF8\\n)?End\\z",
              "vsftpd 3.0.3, run: its list in its order"));

  private ServerClues() {}

  /** The first row that fits a reply to this; none if the reply is not the success it tells of. */
  static Optional<Clue> find(Place place, Reply reply) {
    if (reply.code() != place.code) {
      return Optional.empty();
    }
    String text = text(reply);
    return TABLE.stream()
        .filter(clue -> clue.place() == place && clue.pattern().matcher(text).find())
        .findFirst();
  }

  /** The reply's lines without spaces around them, joined by line feeds. */
  static String text(Reply reply) {
    return reply.lines().stream().map(String::strip).collect(Collectors.joining("\n"));
  }

  private static Clue greeting(ServerSoftware software, String regex, String source) {
    return new Clue(software, Place.GREETING, pattern(regex), source);
  }

  private static Clue system(ServerSoftware software, String regex, String source) {
    return new Clue(software, Place.SYSTEM, pattern(regex), source);
  }

  private static Clue features(ServerSoftware software, String regex, String source) {
    return new Clue(software, Place.FEATURES, pattern(regex), source);
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  }
}
