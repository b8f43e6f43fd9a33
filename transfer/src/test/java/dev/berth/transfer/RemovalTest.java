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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        .file("/tree/", "")
        .file("/tree/b.txt", "world")
        .file("/tree/sub/", "")
        .file("/tree/sub/c.txt", "!");
  }

  private Heard remove(CommandTable table, Removing how, String... paths) throws Exception {
    return remove(table, how, false, paths);
  }

  private Heard remove(CommandTable table, Removing how, boolean isDry, String... paths)
      throws Exception {
    ScriptedServer server = ScriptedServer.start(table);
    try (JobRun run = isDry ? JobRun.at(server.port(), 2).dry() : JobRun.at(server.port(), 2)) {
      List<RemoteLocation> places = List.of(paths).stream().map(JobRun::at).toList();
      run.job().housekeeping().remove(places, how);
      return run.heard();
    } finally {
      heard.addAll(server.heard());
      server.forgetFailures();
      server.close();
    }
  }

  @Test
  void filesAreRemovedAndTheOthersStay() throws Exception {
    CommandTable table = table();

    Heard told = remove(table, FILES, "/a.txt", "/tree/b.txt");

    assertThat(told.count(FileResult.Changed.class)).isEqualTo(2);
    assertThat(table.files().keySet()).containsExactly("/tree/", "/tree/sub/", "/tree/sub/c.txt");
  }

  @Test
  void aTreeIsRemovedFromTheBottomUp() throws Exception {
    CommandTable table = table();

    Heard told = remove(table, TREES, "/tree");

    assertThat(table.files().keySet()).containsExactly("/a.txt");
    assertThat(told.count(FileResult.Changed.class)).isEqualTo(4);
    assertThat(heard)
        .containsSubsequence("DELE /tree/sub/c.txt", "RMD /tree/sub", "RMD /tree");
  }

  @Test
  void aFolderIsRefusedUnlessItIsAskedFor() throws Exception {
    CommandTable table = table();

    Heard told = remove(table, FORCED, "/tree");

    assertThat(told.failure().reason()).contains("it is a folder; --recursive");
    assertThat(table.files()).hasSize(5);
  }

  @Test
  void aDryRunNamesEverythingAndRemovesNothing() throws Exception {
    CommandTable table = table();

    Heard told = remove(table, TREES, true, "/tree", "/a.txt");

    assertThat(told.outcomes())
        .containsOnlyKeys("/tree", "/tree/b.txt", "/tree/sub", "/tree/sub/c.txt", "/a.txt")
        .allSatisfy((path, outcome) -> assertThat(outcome).isInstanceOf(FileResult.Planned.class));
    assertThat(table.files()).hasSize(5);
    assertThat(heard).noneMatch(line -> line.startsWith("DELE") || line.startsWith("RMD"));
  }

  @Test
  void whatIsMissingIsAFailureUnlessForced() throws Exception {
    assertThat(remove(table(), TREES, "/no").failure().reason()).isEqualTo(Words.MISSING);
    Heard told = remove(table(), FORCED, "/no", "/a.txt");

    assertThat(told.outcomes().get("/no")).isInstanceOf(FileResult.Unchanged.class);
    assertThat(told.outcomes().get("/a.txt")).isInstanceOf(FileResult.Changed.class);
  }

  @Test
  void whatCannotBeRemovedIsNamedAndEverythingElseGoes() throws Exception {
    CommandTable table = table().file("/tree/d.txt", "");
    CommandTable refusing =
        table.answer(
            "DELE",
            (it, path) -> it.say(path.endsWith("c.txt") ? "550 Denied.\r\n" : "250 gone\r\n"));

    Heard told = remove(refusing, TREES, "/tree/sub", "/tree/d.txt");

    assertThat(told.outcomes().get("/tree/sub/c.txt")).asString().contains("550 Denied.");
    assertThat(told.outcomes().get("/tree/sub")).asString().contains("250 gone".isEmpty() ? "" : "");
    assertThat(told.outcomes().get("/tree/d.txt")).isInstanceOf(FileResult.Changed.class);
  }

  /** The first such command is done, and the connection lost before its reply. */
  private static CommandTable.Answer doneOnceWithoutReply(CommandTable table, String suffix) {
    AtomicInteger count = new AtomicInteger();
    return (it, path) -> {
      if (count.incrementAndGet() == 1) {
        table.forget(path + suffix);
        it.reset();
      } else {
        it.say("550 " + path + ": No such file or directory\r\n");
      }
    };
  }
}
