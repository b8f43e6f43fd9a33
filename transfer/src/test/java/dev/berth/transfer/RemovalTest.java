package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.ScriptedServer;
import dev.berth.transfer.Housekeeping.Removing;
import dev.berth.wire.RemoteLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and folders removed, on servers that refuse, lie and lose replies. */
@Timeout(60)
class RemovalTest {
  private static final Removing FILES = new Removing(false, false);
  private static final Removing TREES = new Removing(true, false);
  private static final Removing FORCED = new Removing(false, true);

  private final List<String> heard = new ArrayList<>();

  private static CommandTable table() {
    return CommandTable.normal()
        .file("/a.txt", "hello")
        .file("/tree/b.txt", "world")
        .file("/tree/sub/c.txt", "!");
  }

  private Heard remove(CommandTable table, Removing how, String... paths) throws Exception {
    return remove(table, how, false, paths);
  }

  private Heard remove(CommandTable table, Removing how, boolean isDry, String... paths)
      throws Exception {
    ScriptedServer server = ScriptedServer.start(table);
    try (JobRun run = isDry ? JobRun.at(server.port(), 1).dry() : JobRun.at(server.port(), 1)) {
      List<RemoteLocation> places = List.of(paths).stream().map(JobRun::at).toList();
      run.job().housekeeping().remove(places, how);
      return run.heard();
    } finally {
      heard.addAll(server.heard());
      server.allowFailures();
      server.close();
    }
  }

  @Test
  void filesAreRemovedAndTheOthersStay() throws Exception {
    CommandTable table = table();

    Heard told = remove(table, FILES, "/a.txt", "/tree/b.txt");

    assertThat(told.count(FileResult.Changed.class)).isEqualTo(2);
    assertThat(table.files().keySet()).containsExactly("/tree/sub/c.txt");
  }

  @Test
  void aTreeIsRemovedFromTheBottomUp() throws Exception {
    CommandTable table = table();

    Heard told = remove(table, TREES, "/tree");

    assertThat(table.files().keySet()).containsExactly("/a.txt");
    assertThat(told.count(FileResult.Changed.class)).isEqualTo(4);
    assertThat(heard).containsSubsequence("DELE /tree/sub/c.txt", "RMD /tree/sub", "RMD /tree");
  }

  @Test
  void aFolderIsRefusedUnlessItIsAskedFor() throws Exception {
    CommandTable table = table();

    Heard told = remove(table, FORCED, "/tree");

    assertThat(told.failure().reason()).contains("it is a folder; --recursive");
    assertThat(table.files()).hasSize(3);
  }

  @Test
  void aDryRunNamesEverythingAndRemovesNothing() throws Exception {
    CommandTable table = table();

    Heard told = remove(table, TREES, true, "/tree", "/a.txt");

    assertThat(told.outcomes())
        .containsOnlyKeys("/tree", "/tree/b.txt", "/tree/sub", "/tree/sub/c.txt", "/a.txt")
        .allSatisfy((path, outcome) -> assertThat(outcome).isInstanceOf(FileResult.Planned.class));
    assertThat(table.files()).hasSize(3);
    assertThat(heard).noneMatch(line -> line.startsWith("DELE") || line.startsWith("RMD"));
  }

  @Test
  void whatIsMissingIsAFailureUnlessForced() throws Exception {
    assertThat(remove(table(), TREES, "/no").failure().reason()).isEqualTo(Words.MISSING);
    Heard told = remove(table(), FORCED, "/no", "/a.txt");

    assertThat(told.outcomes().get("/no")).isInstanceOf(FileResult.Unchanged.class);
    assertThat(told.outcomes().get("/a.txt")).isInstanceOf(FileResult.Changed.class);
  }

  /** Removes what is allowed, and folders only once all in them is gone. */
  private static CommandTable refusing(CommandTable table, Predicate<String> isRefused) {
    Set<String> gone = ConcurrentHashMap.newKeySet();
    return table
        .answer(
            "DELE",
            (it, path) -> {
              boolean isDone = table.files().containsKey(path) && !isRefused.test(path);
              it.say(isDone && gone.add(path) ? "250 gone\r\n" : "550 Denied.\r\n");
            })
        .answer(
            "RMD",
            (it, path) -> {
              boolean isEmpty =
                  table.files().keySet().stream()
                      .noneMatch(file -> file.startsWith(path + "/") && !gone.contains(file));
              it.say(isEmpty ? "250 gone\r\n" : "550 Directory not empty.\r\n");
            });
  }

  @Test
  void whatCannotBeRemovedIsNamedAndEverythingElseGoes() throws Exception {
    CommandTable table = refusing(table(), path -> path.endsWith("c.txt"));

    Heard told = remove(table, TREES, "/tree", "/a.txt");

    assertThat(told.outcomes().get("/tree/sub/c.txt")).asString().contains("550 Denied.");
    assertThat(told.outcomes().get("/tree/sub")).asString().contains("not all that it holds");
    assertThat(told.outcomes().get("/tree")).asString().contains("not all that it holds");
    assertThat(told.outcomes().get("/tree/b.txt")).isInstanceOf(FileResult.Changed.class);
    assertThat(told.outcomes().get("/a.txt")).isInstanceOf(FileResult.Changed.class);
  }

  @Test
  void aLinkThatCannotBeRemovedIsNotFollowed() throws Exception {
    CommandTable table =
        refusing(table(), path -> false)
            .answer("MLSD", (it, path) -> list(it, "type=OS.unix=slink:/tree; link\r\n"))
            .answer("MLST", (it, path) -> it.say("250-x\r\n type=dir; " + path + "\r\n250 x\r\n"));

    Heard told = remove(table, TREES, "/tree/sub");

    assertThat(told.outcomes().get("/tree/sub/link")).asString().contains("550 Denied.");
    assertThat(heard).doesNotContain("MLSD /tree/sub/link", "RMD /tree/sub/link");
  }

  private static void list(Conversation it, String lines) throws IOException {
    it.say("150 here\r\n").sendData(lines.getBytes(StandardCharsets.ISO_8859_1)).say("226 ok\r\n");
  }

  @Test
  void hostileListingsAreNoWayOutOfTheFolder() throws Exception {
    CommandTable table =
        table()
            .answer(
                "MLSD",
                (it, path) ->
                    list(
                        it,
                        "type=file; ../../a.txt\r\ntype=dir; ..\r\ntype=file; /a.txt\r\n"
                            + "?? no form\r\n"));

    Heard told = remove(table, TREES, "/tree");

    assertThat(table.files()).hasSize(3);
    assertThat(told.outcomes().get("/tree")).isInstanceOf(FileResult.Failed.class);
    assertThat(heard).filteredOn(line -> line.startsWith("DELE")).containsExactly("DELE /tree");
  }

  @Test
  void foldersWithoutEndComeToAnEnd() throws Exception {
    CommandTable table =
        CommandTable.normal()
            .file("/loop/x", "")
            .answer("DELE", (it, path) -> it.say("550 no\r\n"))
            .answer("RMD", (it, path) -> it.say("550 no\r\n"))
            .answer("MLSD", (it, path) -> list(it, "type=dir; loop\r\n"));

    Heard told = remove(table, TREES, "/loop");

    assertThat(told.results()).hasSize(201);
    assertThat(told.results().getFirst().outcome()).asString().contains("200 folders deep");
  }

  /** The first such command is done, and the connection lost before its reply. */
  private static CommandTable doneWithoutReply(String verb) {
    AtomicBoolean isGone = new AtomicBoolean();
    return table()
        .answer(
            verb,
            (it, path) -> {
              if (isGone.compareAndSet(false, true)) {
                it.reset();
              } else {
                it.say("550 No such file or directory\r\n");
              }
            })
        .answer(
            "MLST",
            (it, path) ->
                it.say(
                    isGone.get()
                        ? "550 No such file or directory\r\n"
                        : "250-x\r\n type=dir; " + path + "\r\n250 x\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELE", "RMD"})
  void aRemovalWhoseReplyWasLostIsDone(String verb) throws Exception {
    Heard told = remove(doneWithoutReply(verb), TREES, verb.equals("DELE") ? "/a.txt" : "/sub");

    assertThat(told.results())
        .singleElement()
        .extracting(FileResult::outcome)
        .isInstanceOf(FileResult.Changed.class);
    assertThat(heard).anyMatch(line -> line.startsWith(verb));
  }

  @Test
  void aFileThatIsBusyForAMomentIsTriedAgain() throws Exception {
    AtomicInteger count = new AtomicInteger();
    CommandTable table =
        table()
            .answer(
                "DELE",
                (it, path) ->
                    it.say(count.incrementAndGet() < 3 ? "450 not now\r\n" : "250 gone\r\n"));

    assertThat(remove(table, FILES, "/a.txt").count(FileResult.Changed.class)).isEqualTo(1);
  }

  @Test
  void everythingFailsByNameWhenNoConnectionIsToBeHad() throws Exception {
    CommandTable table = table().answer("DELE", (it, path) -> it.reset());

    Heard told = remove(table, TREES, "/a.txt", "/tree");

    assertThat(told.outcomes()).containsOnlyKeys("/a.txt", "/tree");
    assertThat(told.count(FileResult.Failed.class)).isEqualTo(2);
  }

  @Test
  void theRootAndTheLoginFolderAreNeverTaken() {
    Stream.<RemoteLocation>of(
            JobRun.ROOT,
            new RemoteLocation.FromLogin(""),
            new RemoteLocation.FromLogin("."),
            new RemoteLocation.FromLogin("x/.."),
            new RemoteLocation.FromLogin("x/../../y"),
            JobRun.at("/./"))
        .forEach(place ->
            assertThatThrownBy(() -> Housekeeping.requireNamed(place))
                .as(place.toString())
                .isInstanceOf(IllegalArgumentException.class));
    Housekeeping.requireNamed(JobRun.at("/home/ann"));
    Housekeeping.requireNamed(new RemoteLocation.FromLogin("..x/.y"));
  }
}
