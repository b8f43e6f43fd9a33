package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Await;
import dev.berth.testkit.FileTree;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.PeersOrSkip;
import dev.berth.testkit.TapSettings.Action;
import dev.berth.testkit.TapSettings.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections, sessions and the program itself end in the middle; the files do not suffer. */
@ExtendWith(PeersOrSkip.class)
final class BrokenTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final FileTree TREE =
      FileTree.of(7, new FileTree.Shape(2, 10, 10 << 10)).with("large.bin", 3 << 20);

  /** Slow enough to be caught in the middle: large.bin takes three seconds. */
  private static final String SLOW = "local_max_rate=1000000";

  @TempDir Path folder;

  @SideBySide
  @ParameterizedTest
  @CsvSource({"RETR, RESET", "RETR, CLOSE", "RETR, SILENCE", "EPSV, RESET"})
  void aConnectionCutOnTheWayDownCostsNoFile(String verb, Action action) throws IOException {
    try (Server server = cut(verb, action)) {
      server.peer().fill(TREE);
      Path down = folder.resolve("down");

      mirror(Berth.in(folder), server.url(""), down).ended(0);

      FileTree.assertSame(server.root(), down);
    }
  }

  @SideBySide
  @ParameterizedTest
  @CsvSource({"STOR, RESET", "STOR, CLOSE", "STOR, SILENCE", "RNTO, RESET"})
  void aConnectionCutOnTheWayUpCostsNoFile(String verb, Action action) throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    TREE.writeTo(source);
    try (Server server = cut(verb, action)) {
      mirror(Berth.in(folder), source, server.url("up")).ended(0);

      FileTree.assertSame(source, server.root().resolve("up"));
    }
  }

  /** The first two connections break, each once. */
  private static Server cut(String verb, Action action) throws IOException {
    Trigger trigger = new Trigger.Command(verb);
    return Server.start(
        PeerKind.VSFTPD,
        PeerSettings.plain(),
        tap -> tap.fault(1, trigger, action).fault(2, trigger, action));
  }

  private static Run mirror(Berth berth, Object source, Object target) {
    return berth.run("mirror", "--json", "--timeout", "3s", "--parallel", 3, source, target);
  }

  @SideBySide
  @ParameterizedTest
  @ValueSource(strings = {"KILL", "STOP"})
  void aSessionThatDiesOrHangsInTheMiddleOfAFileCostsNoFile(String signal) throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain().line(SLOW))) {
      server.peer().fill(TREE);
      Path down = folder.resolve("down");
      try (Berth.Running running =
          Berth.in(folder)
              .start(
                  "mirror", "--json", "--timeout", "3s", "--parallel", 2, server.url(""), down)) {
        awaitPart(down);
        signal(server, signal);

        assertLittleMovedTwice(running.await(Duration.ofSeconds(60)).ended(0));
      }
      FileTree.assertSame(server.root(), down);
    }
  }

  /** vsftpd keeps what it has taken, and is asked how much that is. */
  @SideBySide
  @Test
  void aSessionThatDiesInTheMiddleOfAnUploadCostsLittle() throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    TREE.writeTo(source);
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain().line(SLOW))) {
      Path up = server.root().resolve("up");
      try (Berth.Running running =
          Berth.in(folder).start("mirror", "--json", "--parallel", 2, source, server.url("up"))) {
        awaitPart(up);
        signal(server, "KILL");

        Run run = running.await(Duration.ofSeconds(60)).ended(0);
        assertThat(run.count("resumedBytes")).isPositive();
      }
      FileTree.assertSame(source, up);
    }
  }

  private static void assertLittleMovedTwice(Run run) {
    long tree = 2 * 10 * (10 << 10) + (3 << 20);
    assertThat(run.count("bytes")).isLessThan(tree + (1 << 20));
  }

  private static void signal(Server server, String signal) throws IOException {
    for (long session : server.peer().processes()) {
      if (session != server.peer().pid()) {
        new ProcessBuilder("kill", "-" + signal, Long.toString(session)).start().onExit().join();
      }
    }
  }

  @SideBySide
  @Test
  void aKilledMirrorDownLeavesNothingThatLooksFinishedAndTheNextCompletesIt() throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain().line(SLOW))) {
      server.peer().fill(TREE);
      Path down = folder.resolve("down");
      Berth berth = Berth.in(folder);
      try (Berth.Running running = berth.start("mirror", "--parallel", 2, server.url(""), down)) {
        awaitPart(down);
        running.kill();
      }
      assertThat(parts(down)).isNotEmpty();
      assertWholeAsFarAsNamed(server.root(), down);

      berth.run("mirror", "--parallel", 2, server.url(""), down).ended(0);

      FileTree.assertSame(server.root(), down);
    }
  }

  @SideBySide
  @Test
  void anInterruptedMirrorSaysGoodbyeAndLeavesNothingThatLooksFinished() throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain().line(SLOW))) {
      server.peer().fill(TREE);
      Path down = folder.resolve("down");
      try (Berth.Running running =
          Berth.in(folder).start("mirror", "--parallel", 2, server.url(""), down)) {
        awaitPart(down);
        String pid = Long.toString(running.process().pid());
        new ProcessBuilder("kill", "-INT", pid).start().onExit().join();

        assertThat(running.await(SOON).ended(130).err()).contains("interrupted");
      }
      // The other connection is in the middle of a file, and no command could end that.
      assertThat(server.tap().commands("QUIT")).isEqualTo(1);
      server.tap().awaitAllEnded(SOON);
      assertWholeAsFarAsNamed(server.root(), down);
    }
  }

  /** vsftpd waits a minute for the data connection of a command that it has, and counts so long. */
  @SideBySide
  @Test
  void anInterruptAmongSmallFilesLeavesNoSessionBehind() throws IOException {
    FileTree many = FileTree.of(7, new FileTree.Shape(1, 400, 10 << 10));
    String slow = "local_max_rate=200000";
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain().line(slow))) {
      server.peer().fill(many);
      Path down = folder.resolve("down");
      try (Berth.Running running =
          Berth.in(folder).start("mirror", "--parallel", 2, server.url(""), down)) {
        Await.until(SOON, "some files", () -> server.tap().commands("RETR") > 10);
        String pid = Long.toString(running.process().pid());
        new ProcessBuilder("kill", "-TERM", pid).start().onExit().join();

        running.await(SOON).ended(143);
      }
      Await.until(Duration.ofSeconds(10), "sessions over", server.peer()::isAtRest);
      assertWholeAsFarAsNamed(server.root(), down);
      assertThat(parts(down)).isEmpty();
    }
  }

  @SideBySide
  @Test
  void aKilledMirrorUpLeavesNothingThatLooksFinishedAndTheNextCompletesIt() throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    TREE.writeTo(source);
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain().line(SLOW))) {
      Path up = server.root().resolve("up");
      Berth berth = Berth.in(folder);
      try (Berth.Running running =
          berth.start("mirror", "--parallel", 2, source, server.url("up"))) {
        awaitPart(up);
        running.kill();
      }
      Await.until(SOON, "sessions over", server.peer()::isAtRest);
      assertWholeAsFarAsNamed(source, up);

      berth.run("mirror", "--parallel", 2, source, server.url("up")).ended(0);

      assertWholeAsFarAsNamed(source, up);
      assertThat(FileTree.differences(source, up)).noneMatch(fault -> fault.endsWith("missing"));
    }
  }

  /** Until the large file is under way: a part of more than any small one has. */
  private static void awaitPart(Path top) {
    Await.until(
        SOON,
        "a large part in " + top,
        () -> {
          for (Path part : parts(top)) {
            if (Files.exists(part) && Files.size(part) > 200_000) {
              return true;
            }
          }
          return false;
        });
  }

  private static List<Path> parts(Path top) throws IOException {
    if (!Files.exists(top)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(top)) {
      return all.filter(BrokenTest::isPart).toList();
    }
  }

  private static boolean isPart(Path file) {
    return file.getFileName().toString().matches("\\.berth-.*\\.part");
  }

  private static void assertWholeAsFarAsNamed(Path source, Path target) throws IOException {
    assertThat(FileTree.differences(source, target))
        .allMatch(fault -> fault.endsWith("missing") || fault.matches(".*\\.part: not expected"));
  }
}
