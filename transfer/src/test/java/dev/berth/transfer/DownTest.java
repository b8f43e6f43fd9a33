package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.Refusal;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.Script;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transfer.FileResult.Cause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files from servers that refuse, stall, cut and lie: no false success, and nothing left behind.
 */
@Timeout(60)
class DownTest {
  /** What counts as progress, so that a transfer may be cut any number of times. */
  private static final int CUT_AFTER = 64 * 1024;

  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static CommandTable table() {
    return CommandTable.normal().file("/a.txt", "hello").file("/sub/b.txt", "world");
  }

  private static void data(Conversation it, String content) throws IOException {
    it.say("150 here\r\n").sendData(bytes(content)).say("226 done\r\n");
  }

  private List<String> standing() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** Mirrors the whole server; the script may be cut short. */
  private JobEnd mirror(CommandTable table, Heard[] heard) throws Exception {
    ScriptedServer server = ScriptedServer.start(table);
    try (JobRun run = JobRun.at(server.port(), 2)) {
      heard[0] = run.heard();
      return run.job().mirrorDown(JobRun.ROOT, folder);
    } finally {
      server.allowFailures();
      server.close();
    }
  }

  private FileResult.Failed failing(CommandTable table) throws Exception {
    Heard[] heard = new Heard[1];
    JobEnd end = mirror(table, heard);
    assertThat(end).isInstanceOf(JobEnd.Ended.class);
    assertThat(end.summary().isComplete()).isFalse();
    return heard[0].failure();
  }

  @Test
  void everythingArrivesAndASecondRunMovesNothing() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        JobRun run = JobRun.at(server.port(), 1)) {
      JobEnd end = run.job().mirrorDown(JobRun.ROOT, folder);

      assertThat(end).isEqualTo(new JobEnd.Ended(new JobSummary(2, 0, 0, 10, 0)));
      assertThat(standing()).containsExactly("a.txt", "sub/b.txt");
      assertThat(folder.resolve("sub/b.txt")).hasContent("world");
      assertThat(run.job().mirrorDown(JobRun.ROOT, folder).summary())
          .isEqualTo(new JobSummary(0, 0, 2, 0, 0));
      assertThat(server.mostAtOnce()).isEqualTo(1);
    }
  }

  @Test
  void aDryRunMakesNothing() throws Exception {
    Path target = folder.resolve("new");
    try (ScriptedServer server = ScriptedServer.start(table());
        JobRun run = JobRun.at(server.port(), 1).dry()) {
      run.job().mirrorDown(JobRun.ROOT, target);

      assertThat(run.heard().count(FileResult.Planned.class)).isEqualTo(2);
      assertThat(target).doesNotExist();
    }
  }

  @Test
  void aSizeThatNeverMatchesFailsInTheEndAndLeavesNothing() throws Exception {
    CommandTable table =
        table().answer("RETR", (it, path) -> data(it, path.equals("/a.txt") ? "hell" : "world"));

    FileResult.Failed failed = failing(table);

    assertThat(failed.cause()).isEqualTo(Cause.VERIFICATION);
    assertThat(failed.reason()).contains("4 bytes came, the listing says 5, SIZE says 5");
    assertThat(standing()).containsExactly("sub/b.txt");
  }

  @Test
  void aFileThatGrewSinceItWasListedIsWholeIfSizeSaysSo() throws Exception {
    CommandTable table =
        table()
            .greeting("220 (vsFTPd 3.0.3)\r\n")
            .answer("SIZE", (it, path) -> it.say(path.equals("/a.txt") ? "213 8\r\n" : "213 5\r\n"))
            .answer("RETR", (it, path) -> data(it, path.equals("/a.txt") ? "hello..." : "world"));
    Heard[] heard = new Heard[1];

    assertThat(mirror(table, heard).summary().failed()).isZero();
    assertThat(folder.resolve("a.txt")).hasContent("hello...");
  }

  @Test
  void aCutThatTheServerCallsDoneIsNoSuccess() throws Exception {
    AtomicInteger count = new AtomicInteger();
    CommandTable table =
        CommandTable.normal()
            .file("/a.txt", "hello")
            .answer("RETR", (it, path) -> data(it, count.incrementAndGet() == 1 ? "he" : "hello"));
    Heard[] heard = new Heard[1];

    assertThat(mirror(table, heard).summary().failed()).isZero();
    assertThat(folder.resolve("a.txt")).hasContent("hello");
    assertThat(count).hasValue(2);
  }

  /** Sends two bytes at a time and breaks off by RST, from whatever offset. */
  private static CommandTable cutting(String content) {
    AtomicInteger offset = new AtomicInteger();
    return CommandTable.normal()
        .file("/a.txt", content)
        .answer(
            "REST",
            (it, argument) -> {
              offset.set(Integer.parseInt(argument));
              it.say("350 ok\r\n");
            })
        .answer(
            "RETR",
            (it, path) -> {
              int from = offset.getAndSet(0);
              int to = Math.min(from + CUT_AFTER, content.length());
              it.say("150 here\r\n");
              if (to == content.length()) {
                it.sendData(bytes(content.substring(from))).say("226 done\r\n");
              } else {
                it.sendData(bytes(content.substring(from, to))).say("426 cut\r\n");
              }
            });
  }

  @Test
  void aSmallTransferThatIsCutAgainAndAgainIsContinuedWhereItStopped() throws Exception {
    String content = "0123456789abcdef".repeat(CUT_AFTER / 16 * 3) + "and the end";
    ScriptedServer server = ScriptedServer.start(cutting(content));
    try (JobRun run = JobRun.at(server.port(), 1)) {
      JobEnd end = run.job().mirrorDown(JobRun.ROOT, folder);

      assertThat(folder.resolve("a.txt")).hasContent(content);
      assertThat(end.summary()).isEqualTo(new JobSummary(1, 0, 0, content.length(), 3 * CUT_AFTER));
      assertThat(server.heard())
          .containsSubsequence(
              "REST " + CUT_AFTER, "REST " + 2 * CUT_AFTER, "REST " + 3 * CUT_AFTER);
    }
    server.allowFailures();
    server.close();
  }

  /** What comes again is compared; it is less than what an attempt brings, or there were no end. */
  @Test
  void aBigTransferThatIsCutAgainAndAgainComesToItsEnd() throws Exception {
    String content = "0123456789abcdefghijk".repeat(CUT_AFTER / 2);
    ScriptedServer server = ScriptedServer.start(cutting(content));
    try (JobRun run = JobRun.at(server.port(), 1)) {
      JobEnd end = run.job().mirrorDown(JobRun.ROOT, folder);

      assertThat(folder.resolve("a.txt")).hasContent(content);
      assertThat(end.summary().failed()).isZero();
      assertThat(end.summary().bytes()).isBetween((long) content.length(), 2L * content.length());
      assertThat(end.summary().resumedBytes()).isGreaterThan(content.length() / 2);
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void aServerThatRefusesRestartsSendsFromTheBeginning() throws Exception {
    AtomicInteger count = new AtomicInteger();
    CommandTable table =
        CommandTable.normal()
            .file("/a.txt", "hello")
            .reply("REST", "502 not implemented\r\n")
            .answer(
                "RETR",
                (it, path) -> {
                  if (count.incrementAndGet() == 1) {
                    it.say("150 here\r\n").resetData(bytes("hel")).say("426 cut\r\n");
                  } else {
                    data(it, "hello");
                  }
                });
    Heard[] heard = new Heard[1];

    assertThat(mirror(table, heard).summary().resumedBytes()).isZero();
    assertThat(folder.resolve("a.txt")).hasContent("hello");
  }

  @Test
  void aServerThatAlwaysCutsAndRefusesRestartsIsGivenUp() throws Exception {
    CommandTable table =
        CommandTable.normal()
            .file("/a.txt", "hello")
            .reply("REST", "502 not implemented\r\n")
            .answer(
                "RETR",
                (it, path) -> it.say("150 here\r\n").resetData(bytes("hel")).say("426 cut\r\n"));

    assertThat(failing(table).cause()).isEqualTo(Cause.SERVER);
    assertThat(standing()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"550 no such file\r\n", "425 no data connection\r\n", "451 disk\r\n"})
  void aFileThatIsRefusedFailsWithTheServersWordsAndTheOthersArrive(String words) throws Exception {
    CommandTable table =
        table()
            .answer(
                "RETR",
                (it, path) -> {
                  if (path.equals("/a.txt")) {
                    it.say(words);
                  } else {
                    data(it, "world");
                  }
                });

    FileResult.Failed failed = failing(table);

    assertThat(failed.cause()).isEqualTo(Cause.SERVER);
    assertThat(failed.reason()).contains("RETR was answered: " + words.strip());
    assertThat(standing()).containsExactly("sub/b.txt");
  }

  @Test
  void aServerThatDiesInTheMiddleEndsTheJob() throws Exception {
    CommandTable table = table().answer("RETR", (it, path) -> it.say("150 here\r\n").reset());
    Heard[] heard = new Heard[1];

    JobEnd end = mirror(table, heard);

    assertThat(end.summary().failed()).isEqualTo(2);
    assertThat(standing()).isEmpty();
  }

  @Test
  void aServerThatStallsEndsTheJob() throws Exception {
    CommandTable table =
        CommandTable.normal()
            .file("/a.txt", "hello")
            .answer("RETR", (it, path) -> it.say("150 here\r\n").stallData(bytes("he")).stall());
    ScriptedServer server = ScriptedServer.start(table);
    try (JobRun run = JobRun.impatientAt(server.port(), 1)) {
      JobEnd end = run.job().mirrorDown(JobRun.ROOT, folder);

      assertThat(end.summary().failed()).isEqualTo(1);
      assertThat(run.heard().failure().reason()).contains("timed out");
      assertThat(standing()).isEmpty();
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void permissionsAreTakenOverWhereThatIsAskedFor() throws Exception {
    String listing = "type=file;size=5;UNIX.mode=04640; a.txt\r\n";
    CommandTable table =
        CommandTable.normal()
            .file("/a.txt", "hello")
            .answer("MLSD", (it, path) -> data(it, listing));
    try (ScriptedServer server = ScriptedServer.start(table);
        JobRun run = JobRun.at(server.port(), 1).with(TransferSettings.Permissions.KEPT)) {
      run.job().mirrorDown(JobRun.ROOT, folder.resolve("kept"));
    }

    assertThat(Files.getPosixFilePermissions(folder.resolve("kept/a.txt")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void hostileNamesFailAndNothingLeavesTheFolder() throws Exception {
    String listing =
        "type=file;size=5; a.txt\r\n"
            + "type=file;size=5; ../evil\r\n"
            + "type=file;size=5; x\0y\r\n"
            + "type=dir; /etc\r\n"
            + "type=OS.unix=slink:/etc; link\r\n"
            + "type=file;size=5; a.txt\r\n";
    CommandTable table =
        CommandTable.normal()
            .file("/a.txt", "hello")
            .answer("MLSD", (it, path) -> data(it, listing));
    Path inner = Files.createDirectory(folder.resolve("inner"));
    ScriptedServer server = ScriptedServer.start(table);
    try (JobRun run = JobRun.at(server.port(), 2)) {
      JobEnd end = run.job().mirrorDown(JobRun.ROOT, inner);

      assertThat(end.summary()).isEqualTo(new JobSummary(4, 3, 0, 5, 0));
      assertThat(standing()).containsExactly("inner/a.txt");
      assertThat(run.heard().notes()).anyMatch(note -> note.contains("link"));
    }
    server.close();
  }

  @Test
  void aLoopOfFoldersEnds() throws Exception {
    CommandTable table =
        CommandTable.normal()
            .file("/a.txt", "hello")
            .answer("MLSD", (it, path) -> data(it, "type=dir; again\r\n"));
    FileResult.Failed failed = failing(table);

    assertThat(failed.reason()).contains("200 folders deep");
  }

  @Test
  void aWrongPasswordEndsTheJobWithOnePassword() throws Exception {
    CommandTable table =
        table().answer("PASS", (it, argument) -> it.say("530 Login incorrect.\r\n").close());
    ScriptedServer server = ScriptedServer.start(table);
    try (JobRun run = JobRun.at(server.port(), 8)) {
      JobEnd end = run.job().mirrorDown(JobRun.ROOT, folder);

      assertThat(end)
          .isInstanceOfSatisfying(
              JobEnd.TurnedAway.class,
              it -> assertThat(it.refusal()).isInstanceOf(Refusal.LoginFailure.class));
      assertThat(server.heard()).filteredOn(it -> it.startsWith("PASS")).hasSize(1);
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void aFullServerEndsTheJobWithItsWords() throws Exception {
    CommandTable table = table().refuseAbove(0, "421 Too many connections, sorry\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        JobRun run = JobRun.at(server.port(), 2).patience(Duration.ofMillis(200))) {
      JobEnd end = run.job().mirrorDown(JobRun.ROOT, folder);

      assertThat(end)
          .isInstanceOfSatisfying(
              JobEnd.NoConnection.class, it -> assertThat(it.reason()).contains("sorry"));
      assertThat(end.summary().files()).isZero();
    }
  }

  @Test
  void aServerThatFillsUpBetweenListingAndMovingFailsTheFilesForWantOfAConnection()
      throws Exception {
    AtomicInteger count = new AtomicInteger();
    CommandTable once =
        CommandTable.normal()
            .file("/a.txt", "hello")
            .answer("RETR", (it, path) -> it.say("421 bye\r\n").close());
    Script script =
        it -> {
          if (count.incrementAndGet() == 1) {
            once.play(it);
          } else {
            it.say("421 Too many connections, sorry\r\n").close();
          }
        };
    ScriptedServer server = ScriptedServer.start(script);
    try (JobRun run = JobRun.at(server.port(), 1).patience(Duration.ofMillis(200))) {
      JobEnd end = run.job().mirrorDown(JobRun.ROOT, folder);

      assertThat(end).isInstanceOf(JobEnd.NoConnection.class);
      assertThat(run.heard().failure().cause()).isEqualTo(Cause.NO_CONNECTION);
      assertThat(standing()).isEmpty();
    }
    server.allowFailures();
    server.close();
  }

  @Test
  void oneFileAsksForOneConnection() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        JobRun run = JobRun.at(server.port(), 4)) {
      JobEnd end = run.job().get(List.of(JobRun.at("/a.txt")), folder);

      assertThat(end.summary()).isEqualTo(new JobSummary(1, 0, 0, 5, 0));
      assertThat(server.conversations()).hasSize(1);
      assertThat(folder.resolve("a.txt")).hasContent("hello");
    }
  }

  @Test
  void theSameFileAskedForTwiceHarmsNothing() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        JobRun run = JobRun.at(server.port(), 2)) {
      run.job().get(List.of(JobRun.at("/a.txt"), JobRun.at("/a.txt")), folder);

      assertThat(folder.resolve("a.txt")).hasContent("hello");
      assertThat(standing()).containsExactly("a.txt");
    }
  }

  @Test
  void whatIsNotThereOrIsAFolderFails() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(table());
        JobRun run = JobRun.at(server.port(), 2)) {
      run.job().get(List.of(JobRun.at("/none"), JobRun.at("/sub")), folder);

      assertThat(run.heard().results())
          .extracting(it -> ((FileResult.Failed) it.outcome()).reason())
          .containsExactly("the server knows no such file", "it is a folder: use mirror");
    }
  }

  @Test
  void aFolderThatMayNotBeWrittenFailsItsFiles() throws Exception {
    Files.writeString(folder.resolve("sub"), "a file in place of the folder");
    try (ScriptedServer server = ScriptedServer.start(table());
        JobRun run = JobRun.at(server.port(), 2)) {
      run.job().mirrorDown(JobRun.ROOT, folder);

      assertThat(run.heard().failure().cause()).isEqualTo(Cause.LOCAL);
      assertThat(folder.resolve("a.txt")).hasContent("hello");
    }
  }
}
