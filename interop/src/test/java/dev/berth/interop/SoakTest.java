package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.FileTree;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As cron does: one short mirror after another, each a program of its own. */
@LongRun.Only
@ExtendWith(PeersOrSkip.class)
final class SoakTest {
  private static final int ROUNDS = 40;
  private static final int MOST_REFUSALS = 3;
  private static final int FOLDERS = 6;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"VSFTPD_2", "PROFTPD_CONNECTIONS_2", "PURE_FTPD_2"})
  void onlyTheFirstOfManyRunsIsRefused(LimitedServer limited) throws IOException {
    Random random = LongRun.seeded(limited);
    try (Server server = Server.start(limited.kind(), limited.settings())) {
      FileTree.of(5, new FileTree.Shape(FOLDERS, 6, 20_000)).writeTo(server.root());
      server.peer().own();
      Berth berth = Berth.in(folder);
      long start = System.nanoTime();
      mirror(berth, server, "", 0);
      int learned = refusals(server);
      assertThat(learned).as("refusals in the first run").isLessThanOrEqualTo(MOST_REFUSALS);

      for (int round = 1; round < LongRun.rounds(ROUNDS); round++) {
        mirror(berth, server, "folder-0" + random.nextInt(FOLDERS), round);
        assertThat(refusals(server))
            .as("refusals after round " + round)
            .isLessThanOrEqualTo(learned + probes(System.nanoTime() - start));
      }

      server.tap().awaitAllEnded(Duration.ofSeconds(10));
      assertThat(server.tap().mostAdmittedAtOnce())
          .as(() -> Sessions.atTap(server))
          .isLessThanOrEqualTo(limited.limit());
    }
  }

  private void mirror(Berth berth, Server server, String path, int round) throws IOException {
    Path target = folder.resolve("down-" + round);
    berth.run("mirror", "--json", "--parallel", 8, server.url(path), target).ended(0);
    FileTree.assertSame(server.root().resolve(path), target);
  }

  private static int refusals(Server server) throws IOException {
    return Math.max(server.tap().refused(), server.peer().refusals());
  }

  /** One more than a counted limit is tried 60 s after it was found, then after twice as long. */
  private static int probes(long nanos) {
    long minutes = Duration.ofNanos(nanos).toMinutes();
    return 63 - Long.numberOfLeadingZeros(minutes + 1);
  }
}
