package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ListingEntry;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transfer.Housekeeping.Existing;
import dev.berth.transfer.Housekeeping.Parents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Folders made, names changed and entries told, also when replies are lost. */
@Timeout(60)
class HousekeepingTest {
  private final List<String> heard = new ArrayList<>();

  private interface Work {
    JobEnd run(Jobs jobs) throws Exception;
  }

  private Heard run(CommandTable table, Work work) throws Exception {
    ScriptedServer server = ScriptedServer.start(table);
    try (JobRun run = JobRun.at(server.port(), 1)) {
      work.run(run.job());
      return run.heard();
    } finally {
      heard.addAll(server.heard());
      server.allowFailures();
      server.close();
    }
  }

  private Heard make(CommandTable table, Parents parents, String... paths) throws Exception {
    return run(
        table,
        jobs ->
            jobs.housekeeping()
                .makeFolders(List.of(paths).stream().map(JobRun::at).toList(), parents));
  }

  private Heard rename(CommandTable table, Existing existing, String from, String to)
      throws Exception {
    return run(
        table,
        jobs ->
            jobs.housekeeping()
                .rename(
                    List.of(JobRun.at(from)), JobRun.at(to), Jobs.Target.FOLDER_OR_FILE, existing));
  }

  private static CommandTable table() {
    return CommandTable.normal().file("/a.txt", "hello").file("/sub/b.txt", "world");
  }

  private static String content(CommandTable table, String path) {
    return new String(table.files().get(path), StandardCharsets.ISO_8859_1);
  }

  /** As servers do: no folder without the one above it, none twice. */
  private static CommandTable strict(CommandTable table) {
    return table.answer(
        "MKD",
        (it, path) -> {
          String parent = path.substring(0, path.lastIndexOf('/') + 1);
          boolean isThere =
              table.files().keySet().stream().anyMatch(at -> at.startsWith(path + "/"));
          boolean hasParent = table.files().keySet().stream().anyMatch(at -> at.startsWith(parent));
          if (hasParent && !isThere) {
            table.file(path + "/", "");
          }
          it.say(hasParent && !isThere ? "257 made\r\n" : "550 Create directory failed.\r\n");
        });
  }

  @Test
  void parentsAreMadeWhenAskedFor() throws Exception {
    CommandTable table = strict(table());

    Heard refused = make(table, Parents.REQUIRED, "/x/y/z");
    Heard made = make(table, Parents.MADE, "/x/y/z", "/x/y", "/sub");

    assertThat(refused.failure().reason()).contains("550 Create directory failed.");
    assertThat(table.files()).containsKeys("/x/", "/x/y/", "/x/y/z/");
    assertThat(made.outcomes().get("/x/y/z")).isInstanceOf(FileResult.Changed.class);
    assertThat(made.outcomes().get("/sub")).isInstanceOf(FileResult.Unchanged.class);
  }

  @Test
  void aFolderThatIsThereIsAFailureWithoutParents() throws Exception {
    assertThat(make(strict(table()), Parents.REQUIRED, "/sub").failure().reason())
        .isEqualTo("it is there already");
  }

  @Test
  void aFileIsNoFolderThatIsThere() throws Exception {
    CommandTable table = table().reply("MKD", "550 File exists.\r\n");

    assertThat(make(table, Parents.MADE, "/a.txt").failure().reason()).contains("550 File exists.");
  }

  @Test
  void aFolderWhoseReplyWasLostIsMade() throws Exception {
    CommandTable table = table();
    table.answer(
        "MKD",
        (it, path) -> {
          if (table.files().containsKey(path + "/")) {
            it.say("550 File exists.\r\n");
          } else {
            table.file(path + "/", "");
            it.reset();
          }
        });

    Heard told = make(table, Parents.REQUIRED, "/new");

    assertThat(told.outcomes().get("/new")).isInstanceOf(FileResult.Changed.class);
  }

  @Test
  void aFileGetsAnotherNameOrGoesIntoAFolder() throws Exception {
    CommandTable table = table();

    rename(table, Existing.KEPT, "/a.txt", "/c.txt");
    Heard told = rename(table, Existing.KEPT, "/c.txt", "/sub");

    assertThat(table.files()).containsOnlyKeys("/sub/b.txt", "/sub/c.txt");
    assertThat(told.results().getFirst().target()).isEqualTo("/sub/c.txt");
  }

  @Test
  void whatIsThereIsReplacedOnlyWhenAskedFor() throws Exception {
    CommandTable table = table();

    Heard kept = rename(table, Existing.KEPT, "/a.txt", "/sub/b.txt");
    assertThat(kept.failure().reason()).contains("/sub/b.txt is there already; --force");
    assertThat(content(table, "/sub/b.txt")).isEqualTo("world");
    assertThat(heard).doesNotContain("RNFR /a.txt");
    rename(table, Existing.REPLACED, "/a.txt", "/sub/b.txt");

    assertThat(content(table, "/sub/b.txt")).isEqualTo("hello");
    assertThat(table.files()).hasSize(1);
  }

  @Test
  void anOlderFileStepsAsideWhereTheServerReplacesNone() throws Exception {
    AtomicBoolean isAside = new AtomicBoolean();
    CommandTable table = table();
    table.answer(
        "RNTO",
        (it, path) -> {
          boolean isFree = isAside.get() || !path.equals("/sub/b.txt");
          isAside.compareAndSet(false, path.contains(".berth-"));
          it.say(isFree ? "250 renamed\r\n" : "553 File exists.\r\n");
        });
    table.answer("DELE", (it, path) -> it.say("250 gone\r\n"));

    Heard told = rename(table, Existing.REPLACED, "/a.txt", "/sub/b.txt");

    assertThat(told.count(FileResult.Changed.class)).isEqualTo(1);
    assertThat(heard.stream().filter(line -> line.matches("(RNFR|RNTO|DELE) .*")).toList())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("RNFR /a.txt"),
            line -> assertThat(line).isEqualTo("RNTO /sub/b.txt"),
            line -> assertThat(line).isEqualTo("RNFR /sub/b.txt"),
            line -> assertThat(line).startsWith("RNTO /sub/.berth-"),
            line -> assertThat(line).isEqualTo("RNFR /a.txt"),
            line -> assertThat(line).isEqualTo("RNTO /sub/b.txt"),
            line -> assertThat(line).startsWith("DELE /sub/.berth-"));
  }

  @Test
  void theOlderFileComesBackWhenThatWasNotTheReason() throws Exception {
    CommandTable table =
        table()
            .answer(
                "RNTO",
                (it, path) ->
                    it.say(
                        path.equals("/sub/b.txt") && isFrom("/a.txt")
                            ? "553 Denied.\r\n"
                            : "250 renamed\r\n"))
            .answer(
                "RNFR",
                (it, path) -> {
                  from = path;
                  it.say("350 to what?\r\n");
                });

    Heard told = rename(table, Existing.REPLACED, "/a.txt", "/sub/b.txt");

    assertThat(told.failure().reason()).contains("RNTO was answered: 553 Denied.");
    assertThat(heard.getLast().startsWith("QUIT") ? heard.get(heard.size() - 2) : heard.getLast())
        .isEqualTo("RNTO /sub/b.txt");
    assertThat(from).startsWith("/sub/.berth-");
  }

  private volatile String from = "";

  private boolean isFrom(String path) {
    return from.equals(path);
  }

  @Test
  void aRenameWhoseReplyWasLostIsDoneOnce() throws Exception {
    AtomicBoolean isDone = new AtomicBoolean();
    CommandTable table =
        table()
            .answer(
                "RNTO",
                (it, path) -> {
                  isDone.set(true);
                  it.reset();
                })
            .answer(
                "MLST",
                (it, path) ->
                    it.say(
                        path.equals(isDone.get() ? "/c.txt" : "/a.txt")
                            ? "250-x\r\n type=file;size=5; " + path + "\r\n250 x\r\n"
                            : "550 No such file\r\n"));

    Heard told = rename(table, Existing.KEPT, "/a.txt", "/c.txt");

    assertThat(told.outcomes().get("/a.txt")).isInstanceOf(FileResult.Changed.class);
    assertThat(heard).filteredOn("RNTO /c.txt"::equals).hasSize(1);
  }

  @Test
  void whatIsNotThereCannotBeRenamed() throws Exception {
    assertThat(rename(table(), Existing.KEPT, "/no", "/c.txt").failure().reason())
        .isEqualTo(Words.MISSING);
    assertThat(rename(table(), Existing.REPLACED, "/a.txt", "/a.txt").failure().reason())
        .isEqualTo("it has this name already");
  }

  @Test
  void entriesAreToldWithAllThatTheServerKnows() throws Exception {
    String listing =
        "-rw-r----- 1 ann users 5 Jan  2 2026 a.txt\r\n"
            + "lrwxrwxrwx 1 ann users 3 Jan  2 2026 link -> sub\r\n";
    CommandTable table =
        table()
            .reply("FEAT", "211-Features:\r\n SIZE\r\n MDTM\r\n EPSV\r\n211 End\r\n")
            .answer("CWD", (it, path) -> it.say("250 ok\r\n"))
            .answer(
                "LIST",
                (it, path) ->
                    it.say("150 here\r\n")
                        .sendData(listing.getBytes(StandardCharsets.ISO_8859_1))
                        .say("226 ok\r\n"));
    List<ListingEntry> told = new ArrayList<>();

    run(
        table,
        jobs ->
            jobs.stat(
                List.of(JobRun.at("/a.txt"), JobRun.at("/link")),
                (path, entry) -> told.add(entry)));

    assertThat(told.getFirst().permissions()).contains("rw-r-----");
    assertThat(told.getFirst().modified().orElseThrow().iso8601())
        .isEqualTo("2026-01-02T03:04:05Z");
    assertThat(told.getLast().type()).isEqualTo(ListingEntry.Type.LINK);
    assertThat(told.getLast().target()).contains("sub");
  }
}
