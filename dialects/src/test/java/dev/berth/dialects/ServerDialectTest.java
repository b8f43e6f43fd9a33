package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ServerHabits.Pipelining;
import dev.berth.wire.Reply;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ServerDialectTest {
  private static final Reply SILENT_GREETING = Reply.of(220, "Welcome to our files");

  record Case(ServerSoftware software, int code, String lines) {
    Reply reply() {
      return new Reply(code, List.of(lines.split("\\|", -1)));
    }
  }

  static List<Case> greetings() {
    return List.of(
        new Case(ServerSoftware.VSFTPD, 220, "(vsFTPd 3.0.3)"),
        new Case(ServerSoftware.VSFTPD, 220, "ftp.example.org FTP server (vsftpd)"),
        new Case(ServerSoftware.PROFTPD, 220, "ProFTPD Server (ProFTPD) [127.0.0.1]"),
        new Case(ServerSoftware.PROFTPD, 220, "ProFTPD 1.3.5e Server (Debian) [::ffff:192.0.2.1]"),
        new Case(
            ServerSoftware.PURE_FTPD,
            220,
            "---------- Welcome to Pure-FTPd [privsep] [TLS] ----------|You are user number 1 of 10"
                + " allowed.|Local time is now 14:41. Server port: 21.|This is a private system -"
                + " No anonymous login|You will be disconnected after 15 minutes of inactivity."),
        new Case(ServerSoftware.PYFTPDLIB, 220, "pyftpdlib 1.5.7 ready."),
        new Case(
            ServerSoftware.FILEZILLA_SERVER,
            220,
            "FileZilla Server 1.8.0|Please visit https://filezilla-project.org/"),
        new Case(ServerSoftware.FILEZILLA_SERVER, 220, "FileZilla Server version 0.9.60 beta|x"),
        new Case(ServerSoftware.IIS, 220, "Microsoft FTP Service"),
        new Case(ServerSoftware.IIS, 220, "host Microsoft FTP Service (Version 5.0)."),
        new Case(ServerSoftware.SERV_U, 220, "Serv-U FTP Server v15.1 ready..."),
        new Case(ServerSoftware.SERV_U, 220, "Serv-U FTP Server v6.4 for WinSock ready..."),
        new Case(ServerSoftware.SFTPGO, 220, "SFTPGo_2.6.2"),
        new Case(ServerSoftware.WU_FTPD, 220, "host FTP server (Version wu-2.6.2-5) ready."),
        new Case(ServerSoftware.UNKNOWN, 220, "Service ready for new user."),
        new Case(ServerSoftware.UNKNOWN, 220, ""),
        new Case(ServerSoftware.UNKNOWN, 220, "No vsftpd here, and no ProFTPD"),
        new Case(ServerSoftware.UNKNOWN, 421, "pyftpdlib is full"));
  }

  @ParameterizedTest
  @MethodSource("greetings")
  void theGreetingTellsTheFamily(Case greeting) {
    assertThat(ServerDialect.of(greeting.reply()).software()).isEqualTo(greeting.software());
  }

  static List<Case> systems() {
    return List.of(
        new Case(ServerSoftware.APACHE_FTPSERVER, 215, "UNIX Type: Apache FtpServer"),
        new Case(ServerSoftware.FILEZILLA_SERVER, 215, "UNIX emulated by FileZilla"),
        new Case(ServerSoftware.UNKNOWN, 215, "UNIX Type: L8"),
        new Case(ServerSoftware.UNKNOWN, 215, "Windows_NT"),
        new Case(ServerSoftware.UNKNOWN, 530, "Apache FtpServer: not logged in"));
  }

  @ParameterizedTest
  @MethodSource("systems")
  void theSystemTellsTheFamilyThatTheGreetingHides(Case system) {
    ServerDialect dialect = ServerDialect.of(SILENT_GREETING).withSystem(system.reply());
    assertThat(dialect.software()).isEqualTo(system.software());
  }

  static List<Case> features() {
    return List.of(
        new Case(
            ServerSoftware.VSFTPD,
            211,
            "Features:| EPRT| EPSV| MDTM| PASV| REST STREAM| SIZE| TVFS|End"),
        new Case(
            ServerSoftware.VSFTPD,
            211,
            "Features:| AUTH SSL| AUTH TLS| EPRT| EPSV| MDTM| PASV| PBSZ| PROT| REST STREAM| SIZE|"
                + " TVFS| UTF8|End"),
        new Case(
            ServerSoftware.PROFTPD,
            211,
            "Features:| CLNT| EPRT| EPSV| MDTM| MFF modify;UNIX.group;UNIX.mode;| MFMT| MLST"
                + " modify*;perm*;size*;type*;| REST STREAM| SIZE| TVFS| UTF8|End"),
        new Case(
            ServerSoftware.PURE_FTPD,
            211,
            "Extensions supported:| UTF8| EPRT| IDLE| MDTM| SIZE| MFMT| REST STREAM| MLSD| PRET|"
                + " TVFS| ESTA| PASV| EPSV| ESTP|End."),
        new Case(
            ServerSoftware.PYFTPDLIB,
            211,
            "Features supported:| EPRT| EPSV| MDTM| MFMT| MLST type*;perm*;size*;| REST STREAM|"
                + " SIZE| TVFS| UTF8|End FEAT."),
        new Case(
            ServerSoftware.APACHE_FTPSERVER,
            211,
            "Extensions supported| SIZE| MDTM| REST STREAM| LANG en;zh-tw;ja;is| MLST"
                + " Size;Modify;Type;Perm| UTF8| TVFS| MD5| MMD5| MFMT|End"),
        new Case(
            ServerSoftware.IIS,
            211,
            "Extended features supported:| LANG EN*| UTF8| AUTH TLS;TLS-C;SSL;TLS-P;| PBSZ|"
                + " PROT C;P;| HOST| SIZE| MDTM| REST STREAM|END"),
        new Case(ServerSoftware.UNKNOWN, 211, "Features:| EPRT| EPSV| PASV| SIZE|End"),
        new Case(ServerSoftware.UNKNOWN, 211, "no-features"),
        new Case(ServerSoftware.UNKNOWN, 500, "Unknown command MMD5"));
  }

  @ParameterizedTest
  @MethodSource("features")
  void theFeaturesTellTheFamilyThatTheGreetingHides(Case features) {
    ServerDialect dialect = ServerDialect.of(SILENT_GREETING).withFeatures(features.reply());
    assertThat(dialect.software()).isEqualTo(features.software());
  }

  @Test
  void everyRowOfTheTableIsReachedByACase() {
    for (ServerClues.Clue clue : ServerClues.TABLE) {
      List<Case> cases =
          switch (clue.place()) {
            case GREETING -> greetings();
            case SYSTEM -> systems();
            case FEATURES -> features();
          };
      assertThat(cases)
          .as("%s in the %s", clue.software(), clue.place().words())
          .anyMatch(
              row -> ServerClues.find(clue.place(), row.reply()).filter(clue::equals).isPresent());
    }
  }

  @Test
  void whatTheGreetingToldIsNotOverruled() {
    ServerDialect dialect =
        ServerDialect.of(Reply.of(220, "(vsFTPd 3.0.3)"))
            .withSystem(Reply.of(215, "UNIX emulated by FileZilla"));
    assertThat(dialect.software()).isEqualTo(ServerSoftware.VSFTPD);
    assertThat(dialect.clue()).contains("greeting");
  }

  @Test
  void pureFtpdStatesItsSessionsAndItsIdleTime() {
    Reply greeting =
        new Reply(
            220,
            List.of(
                "---------- Welcome to Pure-FTPd [privsep] ----------",
                "You are user number 3 of 50 allowed.",
                "You will be disconnected after 2 minutes of inactivity."));
    ServerDialect dialect = ServerDialect.of(greeting);
    assertThat(dialect.sessions()).isEqualTo(new Stated.Figure(50));
    assertThat(dialect.idleSeconds()).isEqualTo(new Stated.Figure(120));
    assertThat(dialect.habits().idleTimeout()).isEqualTo(Duration.ofMinutes(2));
    Reply seconds = Reply.of(220, "You will be disconnected after 60 seconds of inactivity.");
    assertThat(ServerDialect.of(seconds).idleSeconds()).isEqualTo(new Stated.Figure(60));
  }

  @Test
  void otherGreetingsStateNothing() {
    ServerDialect dialect = ServerDialect.of(Reply.of(220, "(vsFTPd 3.0.3)"));
    assertThat(dialect.sessions()).isEqualTo(new Stated.Nothing());
    assertThat(dialect.idleSeconds()).isEqualTo(new Stated.Nothing());
    assertThat(dialect.habits()).isEqualTo(ServerHabits.of(ServerSoftware.VSFTPD));
  }

  @Test
  void onlyMeasuredServersGetCommandsAhead() {
    assertThat(ServerSoftware.values())
        .filteredOn(software -> ServerHabits.of(software).pipelining() == Pipelining.AHEAD)
        .containsExactly(ServerSoftware.VSFTPD);
    assertThat(ServerSoftware.values())
        .filteredOn(software -> ServerHabits.of(software).pipelining() == Pipelining.PAIR)
        .containsExactly(
            ServerSoftware.PROFTPD,
            ServerSoftware.PURE_FTPD,
            ServerSoftware.PYFTPDLIB,
            ServerSoftware.APACHE_FTPSERVER);
  }

  @ParameterizedTest
  @EnumSource
  void anUnknownServerIsTreatedNoLessCarefullyThanAnyKnownOne(ServerSoftware software) {
    ServerHabits unknown = ServerHabits.of(ServerSoftware.UNKNOWN);
    ServerHabits known = ServerHabits.of(software);
    assertThat(unknown.pipelining()).isLessThanOrEqualTo(known.pipelining());
    assertThat(unknown.settle()).isGreaterThanOrEqualTo(known.settle());
    assertThat(unknown.idleTimeout()).isLessThanOrEqualTo(known.idleTimeout());
    assertThat(known.evidence()).isNotEmpty();
  }

  @Test
  void noopDoesNotHoldProftpdAndPureFtpdForever() {
    assertThat(KeepAlive.of(ServerSoftware.PROFTPD)).containsExactly(KeepAlive.LIST_ITSELF);
    assertThat(KeepAlive.of(ServerSoftware.PURE_FTPD)).contains(KeepAlive.ALLO);
  }

  @Test
  void aFeatureListOfAnyLengthIsReadToItsEnd() {
    Reply reply =
        new Reply(211, List.of(("Features:" + "|AUTH TLS".repeat(100_000)).split("\\|", -1)));
    assertThat(ServerDialect.of(SILENT_GREETING).withFeatures(reply).software())
        .isEqualTo(ServerSoftware.UNKNOWN);
  }

  @Test
  void anyWordsGiveADialect() {
    long seed = 959L;
    Random random = new Random(seed);
    String letters = "You will be disconnected after 9999999 minutes Pure-FTPd\n();|\u0000漢";
    for (int round = 0; round < 20_000; round++) {
      char[] text = new char[random.nextInt(60)];
      for (int i = 0; i < text.length; i++) {
        text[i] = letters.charAt(random.nextInt(letters.length()));
      }
      Reply reply = new Reply(220, Arrays.asList(new String(text).split("\\|", -1)));
      assertThat(ServerDialect.of(reply).habits().idleTimeout()).as("seed %s", seed).isPositive();
    }
  }
}
