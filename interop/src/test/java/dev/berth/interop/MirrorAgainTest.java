package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.FileTree;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mirror made again moves what has changed, and nothing else. */
@ExtendWith(PeersOrSkip.class)
final class MirrorAgainTest {
  private static final FileTree TREE = FileTree.of(6, new FileTree.Shape(2, 4, 1000));
  private static final String OTHER_TIME = "folder-00/file-001.dat";
  private static final String OTHER_SIZE = "folder-01/file-002.dat";

  @TempDir Path folder;

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void downMovesWhatHasChangedOnTheServer(PeerKind kind) throws IOException {
    try (Server server = Server.start(kind, PeerSettings.plain())) {
      server.peer().fill(TREE);
      Berth berth = Berth.in(folder);
      Path down = folder.resolve("down");

      assertPlansAndMoves(berth, server.root(), server.url(""), down);
      change(server.root(), Instant.parse("2026-03-04T05:06:07Z"));
      server.peer().own();
      assertMovesTheChanged(berth, server.url(""), down);

      FileTree.assertSame(server.root(), down);
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void upMovesWhatHasChangedHere(PeerKind kind) throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    TREE.writeTo(source);
    try (Server server = Server.start(kind, PeerSettings.plain())) {
      Berth berth = Berth.in(folder);

      assertPlansAndMoves(berth, source, source, server.url("up"));
      // Later than the time of the upload, for servers that keep that instead of the file's own.
      change(source, Instant.now().plus(Duration.ofMinutes(3)));
      assertMovesTheChanged(berth, source, server.url("up"));

      FileTree.assertSame(source, server.root().resolve("up"));
    }
  }

  private static void change(Path top, Instant time) throws IOException {
    Files.write(top.resolve(OTHER_TIME), new byte[1000]);
    Files.setLastModifiedTime(top.resolve(OTHER_TIME), FileTime.from(time));
    Files.write(top.resolve(OTHER_SIZE), new byte[1001]);
  }

  private static void assertPlansAndMoves(Berth berth, Path top, Object source, Object target)
      throws IOException {
    Run planned = berth.run("mirror", "--json", "--dry-run", source, target).ended(0);
    assertThat(results(planned, "planned")).hasSize(TREE.files().size());
    assertThat(planned.count("bytes")).isZero();
    if (target instanceof Path path) {
      assertThat(path).doesNotExist();
    }
    Run moved = berth.run("mirror", "--json", source, target).ended(0);
    assertThat(results(moved, "done")).hasSize(TREE.files().size());
    assertThat(moved.summary())
        .containsKeys(
            "files",
            "failed",
            "bytes",
            "resumedBytes",
            "refusals",
            "waitedSeconds",
            "limit",
            "evidence");
    Run again = berth.run("mirror", "--json", source, target).ended(0);
    assertThat(again.count("unchanged")).as(top + " again").isEqualTo(TREE.files().size());
    assertThat(again.count("files")).isZero();
    assertThat(again.count("bytes")).isZero();
  }

  private static void assertMovesTheChanged(Berth berth, Object source, Object target) {
    Run changed = berth.run("mirror", "--json", source, target).ended(0);
    assertThat(results(changed, "done"))
        .extracting(object -> String.valueOf(object.get("source")))
        .hasSize(2)
        .anyMatch(name -> name.endsWith(OTHER_TIME))
        .anyMatch(name -> name.endsWith(OTHER_SIZE));
  }

  private static List<Map<String, Object>> results(Run run, String result) {
    return run.objects().stream().filter(object -> result.equals(object.get("result"))).toList();
  }
}
