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

  /** Runs that may be done before they meet the limit. */
  private static final int MOST_RUNS = 3;

  @TempDir Path folder;

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void mirrorsDownAndUpUnderALimitThatItFindsByItself(LimitedServer limited) throws IOException {
    try (Server server = Server.start(limited.kind(), limited.settings())) {
      FileTree.standard(2).writeTo(Files.createDirectory(server.root().resolve("tree")));
      server.peer().own();
      Berth berth = Berth.in(folder);
      Path first = folder.resolve("first");
      Path second = folder.resolve("second");

      assertComplete(mirror(berth, server.url("tree"), first), server, first);
      int known = meetTheLimit(berth, server);
      assertComplete(mirror(berth, server.url("tree"), second), server, second);
      assertComplete(mirror(berth, first, server.url("up")), server, server.root().resolve("up"));

      assertThat(known).as("refusals until it is known").isLessThanOrEqualTo(MOST_REFUSALS);
      assertThat(refusals(server) - known)
          .as(() -> "refusals, the limit known; " + known + " before\n" + Sessions.atTap(server))
          .isZero();
      assertThat(server.tap().mostAdmittedAtOnce())
          .as(() -> "open at once, as the tap saw it\n" + Sessions.atTap(server))
          .isLessThanOrEqualTo(limited.limit());
      assertThat(Sessions.mostAtOnce(server.peer()))
          .as("open at once, as the server's log tells it")
          .isLessThanOrEqualTo(limited.limit());
    }
  }

  /** A run may be done before it meets the limit, and then knows none: so there are some more. */
  private int meetTheLimit(Berth berth, Server server) throws IOException {
    for (int i = 0; i < MOST_RUNS && refusals(server) == 0; i++) {
      Path more = folder.resolve("more" + i);
      assertComplete(mirror(berth, server.url("tree"), more), server, more);
    }
    return refusals(server);
  }

  private static Run mirror(Berth berth, Object source, Object target) {
    return berth.run("mirror", "--json", "--parallel", 8, source, target);
  }

  /** Each of both may miss some: the log that of Pure-FTPd's users, the tap a close it overtook. */
  private static int refusals(Server server) throws IOException {
    return Math.max(server.tap().refused(), server.peer().refusals());
  }

  private static void assertComplete(Run run, Server server, Path target) throws IOException {
    run.ended(0);
    FileTree.assertSame(server.root().resolve("tree"), target);
    assertThat(run.count("files")).isEqualTo(202);
    assertThat(run.count("failed")).isZero();
    if (refusals(server) > 0) { // Else it was done before it met the limit.
      assertThat(run.count("limit")).isPositive();
    }
  }
}
