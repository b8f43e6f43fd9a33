package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.dialects.ListingEntry;
import dev.berth.dialects.ListingEntry.Type;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.ScriptedServer;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders and single pathnames, with servers that do not do as they should. */
@Timeout(60)
class ListingTest {
  private static final RemotePath ROOT = RemotePath.ROOT;
  private static final RemotePath SUB = new RemotePath("/sub");

  private static CommandTable table() {
    return CommandTable.normal().file("/sub/b.txt", "bb").file("/a.txt", "a");
  }

  /** A server that knows no MLSD, and lists by LIST. */
  private static CommandTable old() {
    return table()
        .reply("FEAT", "500 unknown\r\n")
        .reply("MLSD", "500 unknown\r\n")
        .reply("MLST", "500 unknown\r\n");
  }

  private static void data(Conversation it, String lines) throws IOException {
    it.say("150 here\r\n").sendData(lines.getBytes(StandardCharsets.ISO_8859_1));
    it.say("226 done\r\n");
  }

  private static List<String> names(Listing listing) {
    return listing.entries().stream().map(ListingEntry::name).toList();
  }

  private static Listing list(CommandTable table, RemotePath folder) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      return clients.connect().list(folder);
    }
  }

  @Test
  void factsAreAskedForWhereTheServerHasThem() throws IOException {
    Listing listing = list(table(), ROOT);

    assertThat(names(listing)).containsExactly("a.txt", "sub");
    assertThat(listing.entries().getFirst().sizeBytes()).hasValue(1);
    assertThat(listing.unreadable()).isEmpty();
  }

  @Test
  void aFolderThatTheServerCouldNotOpenIsNotTakenForAnEmptyOne() throws IOException {
    CommandTable table =
        old()
            .answer(
                "LIST",
                (it, argument) -> {
                  it.say("150 Here comes the directory listing.\r\n").sendData(new byte[0]);
                  it.say("226 Transfer done (but failed to open directory).\r\n");
                });

    assertThatThrownBy(() -> list(table, SUB))
        .isInstanceOf(FolderUnreadable.class)
        .hasMessage("LIST was answered: 226 Transfer done (but failed to open directory).");
  }

  @Test
  void whatCannotBeReadIsToldAndThePathsAmongItGoNowhere() throws IOException {
    String lines =
        "type=file;size=1; good.txt\r\n"
            + "type=file;size=1; ../evil\r\n"
            + "type=file;size=1; /etc/passwd\r\n"
            + "no facts at all\r\n"
            + "type=file;size=1; "
            + "x".repeat(5000)
            + "\r\n"
            + "type=cdir; .\r\ntype=pdir; ..\r\n\r\n"
            + "type=file;size=1; last without line end";

    Listing listing = list(table().answer("MLSD", (it, path) -> data(it, lines)), ROOT);

    assertThat(names(listing)).containsExactly("good.txt", "last without line end");
    assertThat(listing.unreadable()).hasSize(4);
  }

  @Test
  void anEndlessLineEndsTheListingAndTheConnection() throws IOException {
    CommandTable table =
        table()
            .answer(
                "MLSD",
                (it, path) -> {
                  it.say("150 here\r\n");
                  try (Socket data = it.accept()) {
                    while (true) {
                      data.getOutputStream().write(new byte[64 * 1024]);
                    }
                  }
                });
    ScriptedServer server = ScriptedServer.start(table);
    try (Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> connection.list(ROOT))
          .isInstanceOf(ListingTooLarge.class)
          .hasMessageContaining("a line of more than 65536 bytes");
      assertThat(connection.isIntact()).isFalse();
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void aListingThatWasResetIsNone() throws IOException {
    CommandTable table =
        table()
            .answer(
                "MLSD",
                (it, path) ->
                    it.say("150 here\r\n")
                        .resetData("type=file; a\r\n".getBytes(StandardCharsets.ISO_8859_1))
                        .say("226 done\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> connection.list(ROOT)).hasMessageContaining("reset");
      assertThat(connection.isIntact()).isFalse();
    }
  }

  @Test
  void aListingThatEndsInANegativeReplyIsNone() throws IOException {
    CommandTable table =
        table()
            .answer(
                "MLSD",
                (it, path) ->
                    it.say("150 here\r\n")
                        .sendData("type=file; a\r\n".getBytes(StandardCharsets.ISO_8859_1))
                        .say("451 disk error\r\n"));

    assertThatThrownBy(() -> list(table, ROOT)).hasMessageContaining("451 disk error");
  }

  @Test
  void listIsAskedForWhereThereAreNoFacts() throws IOException {
    try (ScriptedServer server =
            ScriptedServer.start(old().answer("LIST", ListingTest::takesOption));
        Clients clients = Clients.of(server)) {
      Listing listing = clients.connect().list(SUB);

      assertThat(names(listing)).containsExactly(".hidden", "b.txt");
      assertThat(server.heard()).containsSubsequence("CWD /sub", "LIST -a");
    }
  }

  private static void takesOption(Conversation it, String argument) throws IOException {
    String hidden = "-rw-r--r-- 1 o g 1 Jan  2 2026 .hidden\r\n";
    String seen = "-rw-r--r-- 1 o g 2 Jan  2 2026 b.txt\r\n";
    data(it, argument.equals("-a") ? hidden + seen : seen);
  }

  @Test
  void anOptionThatIsTakenForANameIsNotSentAgain() throws IOException {
    CommandTable table =
        old()
            .answer(
                "LIST",
                (it, argument) -> {
                  if (argument.isEmpty()) {
                    takesOption(it, argument);
                  } else {
                    it.say("550 -a: no such file\r\n");
                  }
                });
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThat(names(connection.list(SUB))).containsExactly("b.txt");
      assertThat(names(connection.list(SUB))).containsExactly("b.txt");
      assertThat(server.heard()).filteredOn("LIST -a"::equals).hasSize(1);
    }
  }

  @Test
  void aFolderThatMayNotBeReadSaysNothingAboutTheOption() throws IOException {
    CommandTable table = old().reply("LIST", "550 permission denied\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> connection.list(SUB)).hasMessageContaining("550 permission");
      assertThat(clients.traits().takesListOption()).isTrue();
    }
  }

  @Test
  void anEmptyFolderSaysNothingAboutTheOption() throws IOException {
    CommandTable table = old().answer("LIST", (it, argument) -> data(it, ""));
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      assertThat(clients.connect().list(SUB).entries()).isEmpty();
      assertThat(clients.traits().takesListOption()).isTrue();
    }
  }

  @Test
  void aFolderThatCannotBeEnteredIsNotListed() throws IOException {
    assertThatThrownBy(() -> list(old(), new RemotePath("/none")))
        .isInstanceOf(ReplyException.class)
        .hasMessageContaining("CWD /none was answered 550");
  }

  @Test
  void foldersWithinTheFolderAreNotListedAsItsOwnFiles() throws IOException {
    String lines =
        "drwxr-xr-x 2 o g 4096 Jan  2 2026 deeper\r\n"
            + "-rw-r--r-- 1 o g 1 Jan  2 2026 b.txt\r\n"
            + "\r\n./deeper:\r\n"
            + "-rw-r--r-- 1 o g 1 Jan  2 2026 not-here.txt\r\n";
    Listing listing = list(old().answer("LIST", (it, argument) -> data(it, lines)), SUB);

    assertThat(names(listing)).containsExactly("deeper", "b.txt");
    assertThat(listing.unreadable()).isEmpty();
  }

  @Test
  void aMainframeIsListedAsAnyOtherServer() throws IOException {
    String lines =
        "Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname\r\n"
            + "WORK01 3390   2026/11/22  1    1  FB     128  6144  PS  PAYROLL\r\n"
            + "WORK02 3390   2026/11/20  1   15  FB      80 27920  PO  SOURCE\r\n";
    Listing listing = list(old().answer("LIST", (it, argument) -> data(it, lines)), SUB);

    assertThat(names(listing)).containsExactly("PAYROLL", "SOURCE");
    assertThat(listing.entries().getLast().type()).isEqualTo(Type.FOLDER);
  }

  @Test
  void theZoneOfListedTimesIsFoundByOneComparison() throws IOException {
    String year = String.valueOf(Instant.now().atZone(java.time.ZoneOffset.UTC).getYear() - 1);
    CommandTable table =
        old()
            .answer(
                "LIST",
                (it, argument) ->
                    data(it, "01-02-" + year + "  05:30PM                  5 a.txt\r\n"))
            .reply("MDTM", "213 " + year + "0102153012\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      ListingEntry entry = connection.list(ROOT).entries().getFirst();

      assertThat(entry.modified().orElseThrow().mayBe(Instant.parse(year + "-01-02T15:30:12Z")))
          .isTrue();
      connection.list(ROOT);
      assertThat(server.heard()).filteredOn(it -> it.startsWith("MDTM")).hasSize(1);
    }
  }

  @Test
  void theZoneIsFoundWhereSecondsAreListedToo() throws IOException {
    CommandTable table =
        old()
            .answer(
                "LIST",
                (it, argument) -> data(it, "A.TXT;1   4/6   2-JAN-2025 17:30:12  [ALICE]\r\n"))
            .reply("MDTM", "213 20250102153012\r\n");

    ListingEntry entry = list(table, ROOT).entries().getFirst();

    assertThat(entry.modified().orElseThrow().earliest())
        .isEqualTo(Instant.parse("2025-01-02T15:30:12Z"));
  }

  /** A mirror may list a hundred thousand folders. */
  @Test
  void aZoneThatCannotBeFoundIsLookedForInAFewFolders() throws IOException {
    CommandTable table =
        old()
            .answer(
                "LIST",
                (it, argument) -> data(it, "01-02-2025  05:30PM                  5 a.txt\r\n"))
            .reply("MDTM", "550 not now\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();
      for (int n = 0; n < 10; n++) {
        connection.list(ROOT);
      }

      assertThat(server.heard()).filteredOn(it -> it.startsWith("MDTM")).hasSize(3);
    }
  }

  @Test
  void aTimeThatIsNoZoneAwayIsNotBelieved() throws IOException {
    CommandTable table =
        old()
            .answer(
                "LIST",
                (it, argument) -> data(it, "01-02-2025  05:30PM                  5 a.txt\r\n"))
            .reply("MDTM", "213 19700101000000\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      clients.connect().list(ROOT);

      assertThat(clients.traits().zone().certain()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, FOLDER, /",
    "/a.txt, FILE, a.txt",
    "/sub, FOLDER, sub",
    "/sub/b.txt, FILE, b.txt"
  })
  void whatStandsAtAPathnameIsFoundWithAndWithoutFacts(String path, Type type, String name)
      throws IOException {
    for (CommandTable table : List.of(table(), old())) {
      try (ScriptedServer server = ScriptedServer.start(table);
          Clients clients = Clients.of(server)) {
        ListingEntry found = clients.connect().find(new RemotePath(path)).orElseThrow();

        assertThat(found.type()).isEqualTo(type);
        assertThat(found.name()).isEqualTo(name);
      }
    }
  }

  @Test
  void whatIsNotThereIsNotFound() throws IOException {
    for (CommandTable table : List.of(table(), old())) {
      try (ScriptedServer server = ScriptedServer.start(table);
          Clients clients = Clients.of(server)) {
        Optional<ListingEntry> found = clients.connect().find(new RemotePath("/none.txt"));

        assertThat(found).isEmpty();
      }
    }
  }

  @Test
  void aServerThatCannotSayJustNowHasNotSaidThatThereIsNothing() throws IOException {
    CommandTable table = table().reply("MLST", "450 busy\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      FtpConnection connection = clients.connect();

      assertThatThrownBy(() -> connection.find(new RemotePath("/a.txt")))
          .hasMessageContaining("450 busy");
    }
  }

  @Test
  void factsAreNotReadFromTheFirstLineOfAReply() throws IOException {
    CommandTable table =
        table().reply("MLST", "250-type=dir; /a.txt\r\n type=file;size=1; /a.txt\r\n250 End\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        Clients clients = Clients.of(server)) {
      ListingEntry found = clients.connect().find(new RemotePath("/a.txt")).orElseThrow();

      assertThat(found.type()).isEqualTo(Type.FILE);
    }
  }
}
