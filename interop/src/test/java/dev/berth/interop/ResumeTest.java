package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Await;
import dev.berth.testkit.FileTree;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Killed again and again, a mirror goes on where it was, and moves little twice. */
@ExtendWith(PeersOrSkip.class)
final class ResumeTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int KILLS = 3;
  private static final int LARGE_BYTES = 6 << 20;
  private static final long MOST_TWICE = 1 << 20; // for a kill
  private static final FileTree TREE =
      FileTree.of(5, new FileTree.Shape(2, 5, 10 << 10)).with("large.bin", LARGE_BYTES);
  private static final long TREE_BYTES = LARGE_BYTES + 2 * 5 * (10 << 10);

  /** The large file takes two seconds: what the server has sent is here a moment later. */
  private static final PeerSettings SLOW =
      PeerSettings.plain().line("local_max_rate=3000000").line("accept_timeout=4");

  @TempDir Path folder;

  @Test
  void aMirrorDownThatIsKilledGoesOnWhereItWas() throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, SLOW)) {
      server.peer().fill(TREE);
      Berth berth = Berth.in(folder);
      Path down = folder.resolve("down");
      Object[] command = {"mirror", "--json", "--parallel", 2, server.url(""), down};
      killAtRandom(berth, command, down);

      Run run = berth.run(command).ended(0);

      FileTree.assertSame(server.root(), down);
      assertLittleMovedTwice(server, run);
    }
  }

  @Test
  void aMirrorUpThatIsKilledGoesOnWhereItWasAndLeavesNothing() throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    TREE.writeTo(source);
    try (Server server = Server.start(PeerKind.VSFTPD, SLOW)) {
      Berth berth = Berth.in(folder);
      Path up = server.root().resolve("up");
      Object[] command = {"mirror", "--json", "--parallel", 2, source, server.url("up")};
      killAtRandom(berth, command, up);

      Run run = berth.run("resume", "--json").ended(0);

      FileTree.assertSame(source, up);
      assertThat(parts(up)).isEmpty();
      assertLittleMovedTwice(server, run);
      assertThat(history(berth)).contains("killed").endsWith("done");
    }
  }

  private void killAtRandom(Berth berth, Object[] command, Path target) {
    Random random = LongRun.seeded("kills");
    for (int kill = 1; kill <= KILLS; kill++) {
      // The file grows by a quarter at the most from one kill to the next.
      long size = (LARGE_BYTES / 4) * kill - random.nextInt(LARGE_BYTES / 8);
      try (Berth.Running running = berth.start(command)) {
        Await.until(SOON, "a part of " + size + " bytes", () -> largest(target) >= size);
        running.kill();
      }
      assertThat(target.resolve("large.bin")).doesNotExist();
    }
  }

  private static void assertLittleMovedTwice(Server server, Run run) throws IOException {
    server.tap().awaitAllEnded(SOON);
    Await.until(SOON, "sessions over", server.peer()::isAtRest);
    assertThat(TransferLog.bytes(server) - TREE_BYTES).isLessThan(KILLS * MOST_TWICE);
    assertThat(run.count("resumedBytes")).isGreaterThan(LARGE_BYTES / 2);
    assertThat(run.count("bytes") + run.count("resumedBytes")).isLessThan(TREE_BYTES + MOST_TWICE);
  }

  private static List<Object> history(Berth berth) {
    return berth.run("history", "--json").ended(0).objects().stream()
        .map(job -> job.get("state"))
        .toList();
  }

  private static long largest(Path top) throws IOException {
    long largest = 0;
    for (Path part : parts(top)) {
      largest = Math.max(largest, Files.exists(part) ? Files.size(part) : 0);
    }
    return largest;
  }

  private static List<Path> parts(Path top) throws IOException {
    if (!Files.exists(top)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(top)) {
      return all.filter(it -> it.getFileName().toString().startsWith(".berth-")).toList();
    }
  }

  /** Debian's ProFTPD has the module mod_digest, which is not loaded by itself. */
  @Test
  void hashesThatTheServerTellsAreCompared() throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    FileTree.of(9, new FileTree.Shape(1, 3, 10 << 10)).with("a b.bin", 1 << 20).writeTo(source);
    PeerSettings digests = PeerSettings.plain().line("LoadModule mod_digest.c");
    try (Server server = Server.start(PeerKind.PROFTPD, digests)) {
      Berth berth = Berth.in(folder);
      Path down = folder.resolve("down");
      berth.run("mirror", "--verify=hash", source, server.url("up")).ended(0);
      Run run = berth.run("mirror", "--verify=hash", server.url("up"), down).ended(0);

      FileTree.assertSame(source, down);
      assertThat(run.err()).doesNotContain("comparing all bytes");
      assertThat(server.tap().commands("HASH")).isEqualTo(8);
      assertThat(server.tap().commands("RETR")).isEqualTo(4);
    }
  }

  @Test
  void whereThereAreNoHashesAllBytesAreComparedWhichIsSaidOnce() throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain())) {
      server.peer().fill(FileTree.of(9, new FileTree.Shape(1, 3, 10 << 10)));
      Path down = folder.resolve("down");

      Run run = Berth.in(folder).run("mirror", "--verify=hash", server.url(""), down).ended(0);

      FileTree.assertSame(server.root(), down);
      assertThat(run.err()).containsOnlyOnce("comparing all bytes");
      assertThat(server.tap().commands("RETR")).isEqualTo(6);
    }
  }

  @Test
  void aServerThatContinuesNoUploadGetsItAnew() throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    TREE.writeTo(source);
    PeerSettings strict =
        PeerSettings.plain()
            .line("TransferRate STOR 3000")
            .line("<Directory />")
            .line("AllowStoreRestart off")
            .line("</Directory>");
    try (Server server = Server.start(PeerKind.PROFTPD, strict)) {
      Berth berth = Berth.in(folder);
      Path up = server.root().resolve("up");
      Object[] command = {"mirror", "--json", "--parallel", 2, source, server.url("up")};
      try (Berth.Running running = berth.start(command)) {
        Await.until(SOON, "a part", () -> largest(up) > LARGE_BYTES / 4);
        running.kill();
      }
      Map<String, Object> summary = berth.run(command).ended(0).summary();

      FileTree.assertSame(source, up);
      assertThat(parts(up)).isEmpty();
      assertThat(((Number) summary.get("resumedBytes")).longValue()).isZero();
    }
  }
}
