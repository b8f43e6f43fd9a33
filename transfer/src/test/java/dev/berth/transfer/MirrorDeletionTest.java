package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transfer.MirrorSettings.Deletion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a mirror removes, and when it had better not; names and times that servers do not keep. */
@Timeout(60)
class MirrorDeletionTest {
  private static final MirrorSettings DELETING =
      MirrorSettings.standard().with(new Deletion.Everything());

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();

  private static CommandTable table() {
    return CommandTable.normal().file("/a.txt", "hello").file("/old.txt", "old");
  }

  private Heard up(CommandTable table, MirrorSettings mirror) throws Exception {
    ScriptedServer server = ScriptedServer.start(table);
    try (JobRun run = JobRun.at(server.port(), 1)) {
      run.job().mirrorUp(folder, JobRun.ROOT, mirror);
      return run.heard();
    } finally {
      said.addAll(server.heard());
      server.allowFailures();
      server.close();
    }
  }

  private Heard down(CommandTable table, MirrorSettings mirror) throws Exception {
    ScriptedServer server = ScriptedServer.start(table);
    try (JobRun run = JobRun.at(server.port(), 1)) {
      run.job().mirrorDown(JobRun.ROOT, folder, mirror);
      return run.heard();
    } finally {
      server.allowFailures();
      server.close();
    }
  }

  private void local(String name) throws IOException {
    Files.writeString(folder.resolve(name), "hello");
  }

  @Test
  void whatOnlyTheServerHasGoesLast() throws Exception {
    local("b.txt");

    Heard heard = up(table(), DELETING);

    assertThat(heard.count(FileResult.Deleted.class)).isEqualTo(2);
    assertThat(said).containsSubsequence("DELE /a.txt", "DELE /old.txt");
    assertThat(said.indexOf("RNTO /b.txt")).isBetween(0, said.indexOf("DELE /a.txt"));
  }

  @Test
  void afterAFileThatFailedNothingIsRemovedFromTheServer() throws Exception {
    local("b.txt");

    Heard heard = up(table().reply("STOR", "553 not that name\r\n"), DELETING);

    assertThat(said).noneMatch(line -> line.equals("DELE /old.txt"));
    assertThat(heard.notes()).anyMatch(note -> note.contains("nothing is removed"));
  }

  @Test
  void afterALineThatCannotBeReadNothingIsRemovedHere() throws Exception {
    local("mine.txt");
    byte[] lines = "type=file;size=5; a.txt\r\n?? no form\r\n".getBytes(StandardCharsets.US_ASCII);

    down(
        table().answer("MLSD", (it, path) -> it.say("150\r\n").sendData(lines).say("226\r\n")),
        DELETING);

    assertThat(folder.resolve("a.txt")).exists();
    assertThat(folder.resolve("mine.txt")).exists();
  }

  @Test
  void anEmptySourceRemovesNothingUnlessHowMuchIsSaid() throws Exception {
    Heard heard = up(table(), DELETING);

    assertThat(heard.failure().reason()).contains("the source has nothing");
    assertThat(up(table(), DELETING.with(new Deletion.AtMost(2))).count(FileResult.Deleted.class))
        .isEqualTo(2);
  }

  @Test
  void downMoreThanAllowedRemovesNothing() throws Exception {
    local("b.txt");
    local("c.txt");

    Heard heard = down(table(), DELETING.with(new Deletion.AtMost(1)));
    assertThat(heard.failure().reason()).contains("2 things would be removed");
    assertThat(folder.resolve("b.txt")).exists();
    assertThat(folder.resolve("c.txt")).exists();

    down(table(), DELETING.with(new Deletion.AtMost(2)));
    assertThat(folder.resolve("b.txt")).doesNotExist();
    assertThat(folder.resolve("c.txt")).doesNotExist();
  }

  @Test
  void downWhatIsExcludedIsNeitherMovedNorRemoved() throws Exception {
    local("mine.tmp");
    local("b.txt");
    Files.createDirectories(folder.resolve("cache"));
    local("cache/x");
    CommandTable table = table().file("/theirs.tmp", "x").file("/sub/theirs.tmp", "x");

    down(table, DELETING.with(PathRules.all().exclude("*.tmp").exclude("/cache/")));

    assertThat(folder.resolve("a.txt")).exists();
    assertThat(folder.resolve("mine.tmp")).exists();
    assertThat(folder.resolve("cache/x")).exists();
    assertThat(folder.resolve("theirs.tmp")).doesNotExist();
    assertThat(folder.resolve("sub/theirs.tmp")).doesNotExist();
    assertThat(folder.resolve("b.txt")).doesNotExist();
  }

  @Test
  void moreThanAllowedRemovesNothing() throws Exception {
    local("b.txt");

    Heard heard = up(table(), DELETING.with(new Deletion.AtMost(1)));

    assertThat(heard.failure().reason()).contains("2 things would be removed");
    assertThat(heard.count(FileResult.DeletionPlanned.class)).isEqualTo(2);
    assertThat(said).noneMatch(line -> line.equals("DELE /old.txt"));
  }

  /** A server on Windows, say: it finds what it holds in letters of any size. */
  @Test
  void twoNamesThatAreOneThereAreNotWrittenOverEachOther() throws Exception {
    local("A.txt");
    local("a.txt");
    CommandTable table =
        CommandTable.normal()
            .file("/x", "x")
            .answer("RMD", (it, path) -> it.say("250 gone\r\n"))
            .answer("MLST", (it, path) -> it.say("250-x\r\n type=dir; " + path + "\r\n250 x\r\n"));

    Heard heard = up(table, MirrorSettings.standard());

    assertThat(heard.failure().reason()).isEqualTo("another file has that name there");
    assertThat(table.files()).containsKey("/A.txt").doesNotContainKey("/a.txt");
  }

  @Test
  void aServerThatListsTheCommandForTimesAndRefusesItGetsNothingTwice() throws Exception {
    local("a.txt");
    Files.setLastModifiedTime(
        folder.resolve("a.txt"), FileTime.from(Instant.parse("2024-01-01T00:00:00Z")));
    CommandTable table =
        CommandTable.normal()
            .file("/a.txt", "hello")
            .reply("FEAT", "211-x\r\n MLST type*;size*;modify*;\r\n MFMT\r\n SIZE\r\n211 x\r\n")
            .reply("MFMT", "550 not permitted\r\n");

    Heard heard = up(table, MirrorSettings.standard());

    assertThat(heard.count(FileResult.Unchanged.class)).isEqualTo(1);
    assertThat(said).noneMatch(line -> line.startsWith("STOR"));
  }
}
