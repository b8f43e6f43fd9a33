package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the table of commands, where no data is moved. */
final class CommandTest {
  private ServerUnderTest server;

  @BeforeEach
  void start() throws IOException {
    server = ServerUnderTest.start();
    server.backend.files.put("/a.txt", MemoryBackend.content(100));
    server.backend.files.put("/old", MemoryBackend.content(10));
    server.backend.folders.add("/dir");
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  /** A dialogue: commands and what their replies begin with, in turn. */
  private static void dialogue(RawClient client, String... turns) throws IOException {
    for (int i = 0; i < turns.length; i += 2) {
      assertThat(client.ask(turns[i])).as(turns[i]).startsWith(turns[i + 1]);
    }
  }

  @Test
  void whatNeedsALoginIsRefusedBeforeIt() throws IOException {
    for (CommandEntry entry : CommandTable.all()) {
      if (entry.phase() != CommandEntry.Phase.ALWAYS) {
        try (RawClient client = server.client()) {
          assertThat(client.ask(entry.verb() + " x")).as(entry.verb()).startsWith("530 ");
        }
      }
    }
  }

  @Test
  void anArgumentThatIsMissingOrTooMuchIsASyntaxError() throws IOException {
    try (RawClient client = server.alice()) {
      for (CommandEntry entry : CommandTable.all()) {
        switch (entry.argument()) {
          case MUST ->
              assertThat(client.ask(entry.verb()))
                  .as(entry.verb())
                  .startsWith("501 Syntax: " + entry.verb());
          case NONE ->
              assertThat(client.ask(entry.verb() + " x")).as(entry.verb()).startsWith("501 ");
          case MAY -> {}
        }
        client.ask("NOOP");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TYPE A|200",
        "TYPE a n|200",
        "TYPE L 8|200",
        "TYPE E|504",
        "TYPE L 36|504",
        "STRU F|200",
        "STRU R|504",
        "MODE S|200",
        "MODE Z|200",
        "MODE B|504",
        "OPTS UTF8 ON|200",
        "OPTS utf8|200",
        "OPTS UTF8 OFF|504",
        "OPTS MLST size;modify;|200 MLST OPTS size;modify;",
        "OPTS MLST|200 MLST OPTS",
        "OPTS MLST nothing;|200 MLST OPTS",
        "OPTS HASH|200 SHA-256",
        "OPTS HASH MD5|200 MD5",
        "OPTS HASH SHA-3|501",
        "OPTS MODE Z LEVEL 9|200 MODE Z LEVEL 9",
        "OPTS MODE Z LEVEL 10|501",
        "OPTS NOTHING|501",
        "LANG|200",
        "LANG en-GB|200",
        "LANG fr|504",
        "SYST|215 UNIX Type: L8",
        "NOOP|200",
        "HELP RETR|214 Syntax: RETR file",
        "HELP nothing|502",
        "HELP|214-",
        "FEAT|211-",
        "STAT|211-",
        "STAT a.txt|213-",
        "STAT dir|212-",
        "STAT none|550",
        "CLNT test|200",
        "SMNT /|502",
        "ACCT x|202",
        "PASS again|202",
        "HOST here|503",
        "PWD|257 \"/\"",
        "XPWD|257 \"/\"",
        "CWD dir|250",
        "CWD none|550",
        "CWD a.txt|550",
        "CWD|250",
        "CDUP|250",
        "XCUP|250",
        "XCWD dir|250",
        "MKD new|257 \"/new\"",
        "MKD say \"hi\"|257 \"/say \"\"hi\"\"\"",
        "MKD dir|550",
        "XMKD new|257",
        "RMD dir|250",
        "RMD none|550",
        "XRMD dir|250",
        "DELE a.txt|250",
        "DELE none|550",
        "RNFR none|550",
        "RNTO x|503",
        "SIZE a.txt|213 100",
        "SIZE none|550",
        "SIZE dir|550",
        "MDTM a.txt|213 20261120101112",
        "MDTM none|550",
        "MDTM 20200102030405 a.txt|213 20200102030405",
        "MDTM 20200102030405 none|550",
        "MFMT 20200102030405 a.txt|213 Modify=20200102030405; /a.txt",
        "MFMT 2020 a.txt|501",
        "MFMT 20200102030405|501",
        "MFF Modify=20200102030405;UNIX.mode=0600; a.txt|213 Modify=20200102030405;UNIX.mode=0600;"
            + " /",
        "MFF Size=3; a.txt|504",
        "MFF x|501",
        "AVBL|213 1000000",
        "HASH a.txt|213 SHA-256 0-100 ",
        "HASH none|550",
        "HASH dir|550",
        "XCRC a.txt|250 ",
        "SITE HELP|214-",
        "SITE WHO|200-",
        "SITE CHMOD 600 a.txt|200",
        "SITE CHMOD 999 a.txt|501",
        "SITE CHMOD 600|501",
        "SITE UTIME 20200102030405 a.txt|200",
        "SITE UTIME a.txt 20200102030405 20200102030406 20200102030407 UTC|200",
        "SITE UTIME a.txt|501",
        "SITE EXEC ls|504",
        "REST 5|350",
        "REST -5|501",
        "REST 99999999999999999999|501",
        "RANG 1 0|350",
        "RANG 5 9|350",
        "RANG 9 5|501",
        "RANG 5|501",
        "ALLO 100|200",
        "ALLO 100 R 20|200",
        "ALLO 2000000|552",
        "ALLO lots|501",
        "ABOR|226",
        "RETR a.txt|425",
        "STOR a.txt|425",
        "STOU|425",
        "APPE a.txt|425",
        "LIST|425",
        "NLST|425",
        "MLSD|425",
        "MLSD a.txt|501",
        "MLST a.txt|250-",
        "MLST none|550",
        "PORT 127,0,0,1,200,1|200",
        "PORT 127,0,0,1|501",
        "PORT 127,0,0,1,256,1|501",
        "EPRT |1|127.0.0.1|40000||200",
        "EPRT |3|127.0.0.1|40000||522",
        "EPRT |1|127.0.0.1||501",
        "EPRT |2|::1|40000||504",
        "PASV|227 ",
        "EPSV|229 ",
        "EPSV 1|229 ",
        "EPSV 2|522 ",
        "EPSV 7|522 ",
        "EPSV x|501",
        "EPSV ALL|200",
        "PBSZ 0|503",
        "PROT P|503",
        "CCC|534",
        "ADAT x|503",
        "AUTH KERBEROS_V4|504",
        "AUTH TLS|503",
        "XYZZY|500",
        "|500",
        "REIN|220",
        "QUIT|221"
      })
  void isAnswered(String row) throws IOException {
    int bar = row.lastIndexOf('|');
    try (RawClient client = server.alice()) {
      assertThat(client.ask(row.substring(0, bar))).startsWith(row.substring(bar + 1));
    }
  }

  @Test
  void renamingTakesTwoCommandsInARow() throws IOException {
    try (RawClient client = server.alice()) {
      dialogue(client, "RNFR old", "350", "RNTO new", "250", "SIZE new", "213 10");
      dialogue(client, "RNFR new", "350", "NOOP", "200", "RNTO x", "503", "SIZE new", "213 10");
    }
  }

  @Test
  void reinitializingForgetsTheUserAndAllParameters() throws IOException {
    try (RawClient client = server.alice()) {
      dialogue(client, "MODE Z", "200", "CWD dir", "250", "REST 5", "350", "EPSV ALL", "200");
      dialogue(client, "REIN", "220", "PWD", "530", "USER bob", "331", "PASS secret", "230");
      assertThat(client.ask("STAT")).contains("type A", "mode S");
      dialogue(client, "PWD", "257 \"/\"", "PASV", "227");
    }
  }

  @Test
  void anotherUserFindsTheTransferParametersUnchanged() throws IOException {
    try (RawClient client = server.alice()) {
      dialogue(client, "MODE Z", "200", "CWD dir", "250", "USER bob", "331", "PWD", "530");
      dialogue(client, "PASS secret", "230", "PWD", "257 \"/\"");
      assertThat(client.ask("STAT")).contains("logged in as bob", "type I", "mode Z");
    }
  }

  @Test
  void theUsersNameHasToComeAgainBehindAWrongPassword() throws IOException {
    try (RawClient client = server.client()) {
      dialogue(client, "USER alice", "331", "PASS wrong", "530", "PASS secret", "503");
      dialogue(client, "USER alice", "331", "PASS secret", "230");
    }
  }

  @Test
  void afterEpsvAllThereIsNothingElse() throws IOException {
    try (RawClient client = server.alice()) {
      dialogue(client, "EPSV ALL", "200", "PASV", "501", "PORT 127,0,0,1,200,1", "501");
      dialogue(client, "EPRT |1|127.0.0.1|40000|", "501", "EPSV", "229", "EPSV 1", "229");
    }
  }

  @Test
  void inTypeANobodyKnowsSizesAndOffsets() throws IOException {
    try (RawClient client = server.alice()) {
      dialogue(client, "TYPE A", "200", "SIZE a.txt", "550", "REST 5", "554", "REST 0", "350");
      dialogue(client, "TYPE I", "200", "REST 5", "350", "TYPE A", "200", "RETR a.txt", "554");
    }
  }

  @Test
  void whatIsSetIsSet() throws IOException {
    try (RawClient client = server.alice()) {
      dialogue(client, "MFF Modify=20200102030405;UNIX.mode=0600; a.txt", "213");
      dialogue(client, "MDTM a.txt", "213 20200102030405");
      assertThat(server.backend.modes).containsEntry("/a.txt", 0600);
      assertThat(server.backend.modified)
          .containsEntry("/a.txt", Instant.parse("2020-01-02T03:04:05Z"));
      dialogue(client, "SITE UTIME a.txt 20210102030405 20220102030405 20230102030405 UTC", "200");
      dialogue(client, "MDTM a.txt", "213 20220102030405");
    }
  }

  @Test
  void aFileWhoseNameLooksLikeATimeIsAskedForItsOwn() throws IOException {
    server.backend.files.put("/20200102030405 a.txt", new byte[3]);
    try (RawClient client = server.alice()) {
      dialogue(client, "MDTM 20200102030405 a.txt", "213 20261120101112");
    }
  }

  @Test
  void featuresAreOneALineBehindASpace() throws IOException {
    try (RawClient client = server.client()) {
      String[] lines = client.ask("FEAT").split("\n", -1);

      assertThat(lines[0]).startsWith("211-");
      assertThat(lines[lines.length - 1]).isEqualTo("211 End");
      Set<String> features = new TreeSet<>();
      for (int i = 1; i < lines.length - 1; i++) {
        assertThat(lines[i]).matches(" [A-Z0-9]+( [ -~]+)?");
        features.add(lines[i].strip());
      }
      assertThat(features).hasSize(lines.length - 2);
      assertThat(features)
          .contains("AUTH TLS", "EPSV", "HASH SHA-256*;SHA-512;SHA-1;MD5;CRC32", "REST STREAM")
          .contains("MLST type*;size*;modify*;perm*;unique*;UNIX.mode*;UNIX.owner*;UNIX.group*;");
    }
  }

  @Test
  void helpNamesEveryCommand() throws IOException {
    try (RawClient client = server.client()) {
      String help = client.ask("HELP");

      for (CommandEntry entry : CommandTable.all()) {
        assertThat(help).containsPattern("\\b" + entry.verb() + "\\b");
      }
    }
  }

  @Test
  void sumsAreOverTheFileOrTheBytesThatWereAskedFor() throws IOException {
    server.backend.files.put("/a b", "123456789".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    try (RawClient client = server.alice()) {
      dialogue(client, "XCRC \"a b\"", "250 cbf43926", "XCRC a b", "250 cbf43926");
      dialogue(client, "XCRC \"a b\" 0 9", "250 cbf43926", "XCRC \"a b\" 2 2", "250 00000000");
      dialogue(client, "XMD5 \"a b\" 0 3", "250 202cb962ac59075b964b07152d234b70");
      dialogue(client, "XMD5 \"a b\" 5 10", "554", "XMD5 \"a b\" x", "554");
      dialogue(client, "XSHA1 a b", "250 f7c3bc1d808e04732adf679965ccc34ca7ae3441");
      dialogue(client, "OPTS HASH MD5", "200", "RANG 0 2", "350");
      dialogue(client, "HASH a b", "213 MD5 0-3 202cb962ac59075b964b07152d234b70 a b");
      dialogue(client, "RANG 3 9", "350", "HASH a b", "554");
      dialogue(client, "HASH a b", "213 MD5 0-9 25f9e794323b453885f5181f1b624d0b a b");
    }
  }

  @Test
  void theStatusTellsWhoAndHow() throws IOException {
    try (RawClient client = server.client()) {
      assertThat(client.ask("STAT")).startsWith("211-").contains("not logged in", "type A");
      assertThat(client.ask("STAT x")).startsWith("530 ");
    }
  }
}
