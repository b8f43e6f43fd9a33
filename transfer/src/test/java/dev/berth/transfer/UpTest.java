package dev.berth.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transfer.FileResult.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files to servers that refuse, fill up, break off and lie. */
@Timeout(60)
class UpTest {
  @TempDir Path folder;
  private Path source;

  @BeforeEach
  void oneFile() throws IOException {
    source = Files.writeString(folder.resolve("a.txt"), "hello");
  }

  private JobEnd put(CommandTable table, Heard[] heard) throws Exception {
    ScriptedServer server = ScriptedServer.start(table);
    try (JobRun run = JobRun.at(server.port(), 1)) {
      heard[0] = run.heard();
      return run.job().put(List.of(source), JobRun.at("/a.txt"), Jobs.Target.FOLDER_OR_FILE);
    } finally {
      server.allowFailures();
      server.close();
    }
  }

  private FileResult.Failed failing(CommandTable table) throws Exception {
    Heard[] heard = new Heard[1];
    assertThat(put(table, heard).summary().failed()).isEqualTo(1);
    assertThat(table.files()).doesNotContainKey("/a.txt");
    return heard[0].failure();
  }

  @Test
  void aMirrorUpMakesFoldersAndArrives() throws Exception {
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/b.txt"), "world");
    CommandTable table = CommandTable.normal();
    try (ScriptedServer server = ScriptedServer.start(table);
        JobRun run = JobRun.at(server.port(), 1)) {
      JobEnd end = run.job().mirrorUp(folder, JobRun.at("/up"));

      assertThat(end.summary()).isEqualTo(new JobSummary(2, 0, 0, 10, 0));
      assertThat(table.files().get("/up/a.txt")).asString().isEqualTo("hello");
      assertThat(table.files().get("/up/sub/b.txt")).asString().isEqualTo("world");
      assertThat(table.files().keySet()).noneMatch(it -> it.contains(".berth-"));
    }
  }

  /** What MLSD keeps to itself of a link would be of use to who makes it, and here nobody does. */
  @Test
  void aLinkInTheTargetCostsNoSecondListing() throws Exception {
    CommandTable table =
        CommandTable.normal()
            .file("/up/a.txt", "older")
            .answer(
                "MLSD",
                (it, path) ->
                    it.say("150 here\r\n")
                        .sendData("type=OS.unix=symlink; link\r\n".getBytes(US_ASCII))
                        .say("226 ok\r\n"));
    try (ScriptedServer server = ScriptedServer.start(table);
        JobRun run = JobRun.at(server.port(), 1)) {
      run.job().mirrorUp(folder, JobRun.at("/up"));

      assertThat(server.heard()).contains("MLSD /up").noneMatch(line -> line.startsWith("LIST"));
      assertThat(run.heard().notes()).isEmpty();
    }
  }

  @Test
  void aSmallerSizeAtTheServerIsNoSuccess() throws Exception {
    CommandTable table = CommandTable.normal().reply("SIZE", "213 4\r\n");

    FileResult.Failed failed = failing(table);

    assertThat(failed.cause()).isEqualTo(Cause.VERIFICATION);
    assertThat(failed.reason()).contains("5 bytes went, the server has 4");
    assertThat(table.files()).isEmpty();
  }

  @Test
  void theListingTellsTheSizeWhereTheServerHasNoSize() throws Exception {
    CommandTable table = CommandTable.normal().reply("SIZE", "500 unknown\r\n");
    Heard[] heard = new Heard[1];

    assertThat(put(table, heard).summary().failed()).isZero();
    assertThat(table.files()).containsOnlyKeys("/a.txt");
  }

  @Test
  void aRefusedStoreFailsWithTheServersWords() throws Exception {
    FileResult.Failed failed =
        failing(CommandTable.normal().reply("STOR", "553 name not allowed\r\n"));

    assertThat(failed.cause()).isEqualTo(Cause.SERVER);
    assertThat(failed.reason()).contains("553 name not allowed");
  }

  @Test
  void aFolderThatIsNotThereIsNamedBesideTheServersWords() throws Exception {
    CommandTable table = CommandTable.normal().reply("STOR", "553 Could not create file.\r\n");
    try (ScriptedServer server = ScriptedServer.start(table);
        JobRun run = JobRun.at(server.port(), 1)) {
      run.job().put(List.of(source), JobRun.at("/no/where"), Jobs.Target.FOLDER);

      assertThat(run.heard().failure().reason())
          .isEqualTo(
              "there is no folder /no/where: make it first (STOR was answered: 553"
                  + " Could not create file.)");
      assertThat(server.heard()).containsOnlyOnce("MLST /no/where");
    }
  }

  @Test
  void aDiskThatFillsUpFailsWithTheServersWordsAndLeavesNoPart() throws Exception {
    AtomicInteger deleted = new AtomicInteger();
    CommandTable table =
        CommandTable.normal()
            .answer(
                "STOR",
                (it, path) ->
                    it.say("150 go on\r\n").resetData(new byte[0]).say("552 disk full\r\n"))
            .answer(
                "DELE",
                (it, path) -> {
                  deleted.incrementAndGet();
                  it.say("250 gone\r\n");
                });
    Files.writeString(source, "x".repeat(4_000_000));

    assertThat(failing(table).reason()).contains("552 disk full");
    assertThat(deleted).hasValue(1);
  }

  @Test
  void aDataConnectionThatAlwaysBreaksIsGivenUp() throws Exception {
    Files.writeString(source, "x".repeat(4_000_000));
    CommandTable table =
        CommandTable.normal()
            .answer(
                "STOR",
                (it, path) -> it.say("150 go on\r\n").resetData(new byte[0]).say("426 cut\r\n"));

    assertThat(failing(table).reason()).contains("426 cut", "(5 attempts)");
  }

  /** A server that renames to no name that is taken, and perhaps never to the final one. */
  private static final class Renaming {
    private final Set<String> names = new TreeSet<>(List.of("/a.txt"));
    private final boolean neverToTheEnd;
    private String from = "";
    private String newest = "";
    private String aside = "";

    Renaming(boolean neverToTheEnd) {
      this.neverToTheEnd = neverToTheEnd;
    }

    CommandTable table() {
      return CommandTable.normal()
          .file("/a.txt", "older")
          .reply("SIZE", "213 5\r\n")
          .answer("STOR", this::store)
          .answer("DELE", (it, path) -> it.say(names.remove(path) ? "250 gone\r\n" : "550\r\n"))
          .answer("RNFR", this::renameFrom)
          .answer("RNTO", this::renameTo);
    }

    private void store(Conversation it, String path) throws IOException {
      it.say("150 go on\r\n").receiveData();
      names.add(path);
      newest = path;
      it.say("226 done\r\n");
    }

    private void renameFrom(Conversation it, String path) throws IOException {
      from = path;
      it.say("350 to what?\r\n");
    }

    private void renameTo(Conversation it, String path) throws IOException {
      boolean refused = names.contains(path) || (neverToTheEnd && from.equals(newest));
      if (refused) {
        it.say("553 not to that name\r\n");
      } else {
        names.remove(from);
        names.add(path);
        aside = from.equals("/a.txt") ? path : aside;
        it.say("250 renamed\r\n");
      }
    }
  }

  @Test
  void aTakenNameIsTakenOverAndTheOlderFileGoes() throws Exception {
    Renaming server = new Renaming(false);
    Heard[] heard = new Heard[1];

    assertThat(put(server.table(), heard).summary().failed()).isZero();
    assertThat(server.names).containsExactly("/a.txt");
  }

  /** Killed just then, we leave it as all that there is: nobody may sweep it away. */
  @Test
  void theOlderFileStepsAsideUnderTheNameOfNoJob() throws Exception {
    Renaming server = new Renaming(false);
    ScriptedServer scripted = ScriptedServer.start(server.table());
    try (JobRun run = JobRun.at(scripted.port(), 1).with(new Remembering())) {
      run.job().put(List.of(source), JobRun.at("/a.txt"), Jobs.Target.FOLDER_OR_FILE);
    }
    scripted.allowFailures();
    scripted.close();

    assertThat(TemporaryName.token(server.newest.substring(1))).hasValue(Remembering.OWN);
    assertThat(TemporaryName.is(server.aside.substring(1))).isTrue();
    assertThat(TemporaryName.token(server.aside.substring(1)))
        .isPresent()
        .isNotEqualTo(Optional.of(Remembering.OWN));
  }

  @Test
  void theOlderFileComesBackWhereTheNewOneMayNotTakeItsName() throws Exception {
    Renaming server = new Renaming(true);
    Heard[] heard = new Heard[1];

    assertThat(put(server.table(), heard).summary().failed()).isEqualTo(1);
    assertThat(heard[0].failure().reason()).contains("553 not to that name");
    assertThat(server.names).containsExactly("/a.txt");
  }

  @Test
  void aSourceThatIsNotThereFailsAndTheOthersGo() throws Exception {
    CommandTable table = CommandTable.normal().file("/up/x", "x");
    try (ScriptedServer server = ScriptedServer.start(table);
        JobRun run = JobRun.at(server.port(), 1)) {
      Path odd = Files.writeString(folder.resolve("odd\nname"), "x");
      Path missing = folder.resolve("missing");

      run.job().put(List.of(missing, odd, source), JobRun.at("/up"), Jobs.Target.FOLDER);

      assertThat(run.heard().results())
          .filteredOn(it -> it.outcome() instanceof FileResult.Failed)
          .hasSize(2)
          .allMatch(it -> ((FileResult.Failed) it.outcome()).cause() == Cause.LOCAL);
      assertThat(table.files()).containsOnlyKeys("/up/x", "/up/a.txt");
    }
  }

  @Test
  void aSourceThatChangesWhileItIsSentIsNoSuccess() throws Exception {
    CommandTable table = CommandTable.normal();
    table.answer(
        "STOR",
        (it, path) -> {
          it.say("150 go on\r\n");
          table.file(path, it.receiveData());
          Files.writeString(source, "hello" + "!".repeat(table.files().size()) + System.nanoTime());
          it.say("226 done\r\n");
        });

    FileResult.Failed failed = failing(table);

    assertThat(failed.cause()).isEqualTo(Cause.VERIFICATION);
    assertThat(failed.reason()).contains("changed while it was sent");
    assertThat(table.files()).isEmpty();
  }

  @Test
  void aSourceThatVanishesWhileItIsSentIsALocalFailure() throws Exception {
    CommandTable table = CommandTable.normal();
    table.answer(
        "STOR",
        (it, path) -> {
          it.say("150 go on\r\n");
          table.file(path, it.receiveData());
          Files.delete(source);
          it.say("226 done\r\n");
        });

    assertThat(failing(table).cause()).isEqualTo(Cause.LOCAL);
    assertThat(table.files()).isEmpty();
  }
}
