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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two programs at the same file, or in the same folder: neither touches what the other one has. */
@ExtendWith(PeersOrSkip.class)
final class TwoAtOnceTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int LARGE_BYTES = 6 << 20;
  private static final int SMALL_BYTES = 200 << 10;

  /** The large file takes two seconds and more. */
  private static final PeerSettings SLOW = PeerSettings.plain().line("local_max_rate=3000000");

  @TempDir Path folder;

  private static List<Path> parts(Path top) throws IOException {
    try (Stream<Path> all = Files.list(top)) {
      return all.filter(it -> it.getFileName().toString().startsWith(".berth-")).sorted().toList();
    }
  }

  private static void awaitParts(Path top, int count) {
    Await.until(SOON, count + " parts", () -> parts(top).size() == count);
  }

  /** A source of random bytes, and a folder on the server. */
  private Path source(Server server) throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    FileTree.of(5, new FileTree.Shape(1, 1, 1 << 10))
        .with("large.bin", LARGE_BYTES)
        .with("small.bin", SMALL_BYTES)
        .writeTo(source);
    Files.createDirectory(server.root().resolve("in"));
    server.peer().own();
    return source;
  }

  private static List<Object> states(Berth berth) {
    return berth.run("history", "--json").ended(0).objects().stream()
        .map(job -> job.get("state"))
        .toList();
  }

  @SideBySide
  @Test
  void ofTwoThatGetOneFileTheSecondSaysThatItIsBeingWrittenAndTheFirstGetsItWhole()
      throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, SLOW)) {
      Path source = source(server);
      Path there = server.root().resolve("large.bin");
      Files.copy(source.resolve("large.bin"), there);
      server.peer().own();
      Path down = Files.createDirectory(folder.resolve("down"));
      Berth berth = Berth.in(folder);
      try (Berth.Running first = berth.start("get", server.url("large.bin"), down)) {
        awaitParts(down, 1);

        Run second = berth.run("get", server.url("large.bin"), down).ended(3);

        assertThat(second.err()).contains("another program writes to it");
        first.await(SOON).ended(0);
      }
      assertThat(down.resolve("large.bin")).hasSameBinaryContentAs(there);
      assertThat(parts(down)).isEmpty();
      assertThat(states(berth)).containsExactly("done", "incomplete");
    }
  }

  @SideBySide
  @Test
  void ofTwoThatPutOneFileEachPutsItWholeAndOneStays() throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, SLOW)) {
      Path large = source(server).resolve("large.bin");
      Path in = server.root().resolve("in");
      Berth berth = Berth.in(folder);
      try (Berth.Running first = berth.start("put", large, server.url("in/"));
          Berth.Running second = berth.start("put", large, server.url("in/"))) {
        awaitParts(in, 2);
        assertThat(in.resolve("large.bin")).doesNotExist();

        first.await(SOON).ended(0);
        second.await(SOON).ended(0);
      }
      assertThat(in.resolve("large.bin")).hasSameBinaryContentAs(large);
      assertThat(parts(in)).isEmpty();
      assertThat(states(berth)).containsExactly("done", "done");
    }
  }

  @SideBySide
  @Test
  void aJobThatRunsIsSeenToRunUntilItIsKilled() throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, SLOW)) {
      Path large = source(server).resolve("large.bin");
      Berth berth = Berth.in(folder);
      try (Berth.Running running = berth.start("put", large, server.url("in/"))) {
        awaitParts(server.root().resolve("in"), 1);

        assertThat(states(berth)).containsExactly("running");
        assertThat(states(berth)).containsExactly("running");
        assertThat(berth.run("resume").ended(2).err()).contains("there is no job");
        running.kill();
      }
      assertThat(states(berth)).containsExactly("killed");
    }
  }

  /** Small files are not noted one by one: only whose they are tells what may be deleted. */
  @SideBySide
  @Test
  void whatALivingProgramSendsIsSparedWhereWhatAKilledOneLeftIsSwept() throws IOException {
    PeerSettings slower = PeerSettings.plain().line("local_max_rate=25000");
    try (Server server = Server.start(PeerKind.VSFTPD, slower)) {
      Path small = source(server).resolve("small.bin");
      Path in = server.root().resolve("in");
      Berth berth = Berth.in(folder);
      try (Berth.Running killed = berth.start("put", small, server.url("in/"))) {
        awaitParts(in, 1);
        killed.kill();
      }
      List<Path> left = parts(in);
      try (Berth.Running living = berth.start("put", small, server.url("in/"))) {
        awaitParts(in, 2);

        berth.run("put", Files.writeString(folder.resolve("a"), "a"), server.url("in/")).ended(0);

        assertThat(parts(in)).hasSize(1).doesNotContainAnyElementsOf(left);
        living.await(SOON).ended(0);
      }
      assertThat(in.resolve("small.bin")).hasSameBinaryContentAs(small);
      assertThat(parts(in)).isEmpty();
    }
  }

  @SideBySide
  @Test
  void anInterruptedJobIsRememberedWithTheFilesThatItDidNotMove() throws Exception {
    try (Server server = Server.start(PeerKind.VSFTPD, SLOW)) {
      Path source = source(server);
      Berth berth = Berth.in(folder);
      Path in = server.root().resolve("in");
      try (Berth.Running running =
          berth.start("mirror", "--parallel", 1, source, server.url("in"))) {
        awaitParts(in, 1);
        String pid = Long.toString(running.process().pid());
        new ProcessBuilder("kill", "-INT", pid).start().onExit().join();
        running.await(SOON).ended(130);
      }
      Run history = berth.run("history", "--json").ended(0);

      assertThat(history.summary()).containsEntry("state", "interrupted");
      assertThat(history.count("files")).isEqualTo(3);
      assertThat(history.count("failed")).isPositive();
    }
  }
}
