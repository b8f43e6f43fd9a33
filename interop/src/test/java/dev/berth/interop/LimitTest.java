package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.FileTree;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The main promise: eight at once under a limit that nobody told, and nothing fails. */
@ExtendWith(PeersOrSkip.class)
final class LimitTest {
  private static final int MOST_REFUSALS = 3;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void mirrorsDownAndUpThroughALimitThatItFindsByItself(LimitedServer limited)
      throws IOException {
    try (Server server = Server.start(limited.kind(), limited.settings())) {
      FileTree.standard(2).writeTo(Files.createDirectory(server.root().resolve("tree")));
      server.peer().own();
      Berth berth = Berth.in(folder);
      Path first = folder.resolve("first");
      Path second = folder.resolve("second");

      Run down = berth.run("mirror", "--json", "--parallel", 8, server.url("tree"), first);

      assertComplete(down, server, first);
      assertThat(refusals(server)).as("refusals while learning").isLessThanOrEqualTo(MOST_REFUSALS);
      int learned = server.tap().refused();

      Run again = berth.run("mirror", "--json", "--parallel", 8, server.url("tree"), second);
      assertComplete(again, server, second);
      Run up = berth.run("mirror", "--json", "--parallel", 8, first, server.url("up"));
      assertComplete(up, server, server.root().resolve("up"));
      assertThat(server.tap().refused()).as("refusals, the limit known").isEqualTo(learned);
      assertThat(server.tap().mostAdmittedAtOnce()).isLessThanOrEqualTo(limited.limit());
      System.out.printf("%s %s %s %s refusals %d/%d most %d log %d%n", limited, down.took(), again.took(), up.took(), learned, server.tap().refused(), server.tap().mostAdmittedAtOnce(), server.peer().refusals());
      server.peer().log().stream().limit(12).forEach(System.out::println);
    }
  }

  private static int refusals(Server server) throws IOException {
    return Math.max(server.tap().refused(), server.peer().refusals());
  }

  private static void assertComplete(Run run, Server server, Path target) throws IOException {
    run.ended(0);
    FileTree.assertSame(server.root().resolve("tree"), target);
    assertThat(run.count("files")).isEqualTo(202);
    assertThat(run.count("failed")).isZero();
  }
}
