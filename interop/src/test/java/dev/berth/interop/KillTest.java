package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Await;
import dev.berth.testkit.FileTree;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.PeersOrSkip;
import dev.berth.testkit.TappedConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Killed at any moment, a mirror leaves no false file, no session, and a job that can be ended. */
@LongRun.Only
@ExtendWith(PeersOrSkip.class)
final class KillTest {
  /** On two servers: thirty kills on the way down, and thirty up. */
  private static final int ROUNDS = 15;

  /** What may move twice for a kill. */
  private static final long MOST_TWICE = 1 << 20;

  /**
   * 20 MB/s for a connection, as over a network. On loopback without it, megabytes that the server
   * has sent stand in the buffers of the system when the program dies.
   */
  private static final Map<PeerKind, List<String>> AS_A_NETWORK =
      Map.of(
          PeerKind.VSFTPD, List.of("local_max_rate=20000000"),
          PeerKind.PROFTPD, List.of("TransferRate RETR,STOR 20000"));

  /**
   * Who is killed between EPSV and connecting leaves a ghost: both servers wait for the data
   * connection and do not look at the control connection meanwhile. vsftpd 3.0.3 does so for 60 s,
   * ProFTPD 1.3.8 for an hour, unless told otherwise.
   */
  private static final Map<PeerKind, String> SHORT_GHOSTS =
      Map.of(PeerKind.VSFTPD, "accept_timeout=4", PeerKind.PROFTPD, "TimeoutStalled 4");

  private static final Duration GHOST_END = Duration.ofSeconds(20);

  private static final FileTree TREE =
      FileTree.of(3, new FileTree.Shape(5, 20, 10 << 10))
          .with("large/0.bin", 20 << 20)
          .with("large/1.bin", 20 << 20);
  private static final long TREE_BYTES = 5 * 20 * (10L << 10) + 2 * (20L << 20);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"VSFTPD_2", "PROFTPD_CONNECTIONS_2"})
  void downGoesOnAfterAKill(LimitedServer limited) throws Exception {
    try (Server server = start(limited)) {
      TREE.writeTo(Files.createDirectory(server.root().resolve("tree")));
      server.peer().own();
      Path source = server.root().resolve("tree");
      Rounds rounds = new Rounds(server, limited.limit(), LongRun.seeded("down, " + limited));

      for (int round = 0; round < LongRun.rounds(ROUNDS); round++) {
        Path target = folder.resolve("down-" + round);
        rounds.play(round, new Mirror(server.url("tree"), target, source, target));
        FileTree.assertSame(source, target);
      }
      rounds.awaitNobody();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VSFTPD_2", "PROFTPD_CONNECTIONS_2"})
  void upGoesOnAfterAKill(LimitedServer limited) throws Exception {
    Path source = Files.createDirectory(folder.resolve("source"));
    TREE.writeTo(source);
    try (Server server = start(limited)) {
      Rounds rounds = new Rounds(server, limited.limit(), LongRun.seeded("up, " + limited));

      for (int round = 0; round < LongRun.rounds(ROUNDS); round++) {
        Path target = server.root().resolve("up-" + round);
        rounds.play(round, new Mirror(source, server.url("up-" + round), source, target));
      }
      rounds.awaitNobody();
    }
  }

  private static Server start(LimitedServer limited) throws IOException {
    PeerSettings settings = limited.settings().line(SHORT_GHOSTS.getOrDefault(limited.kind(), ""));
    for (String line : AS_A_NETWORK.getOrDefault(limited.kind(), List.of())) {
      settings = settings.line(line);
    }
    return Server.start(limited.kind(), settings);
  }

  /**
   * One job.
   *
   * @param from what the program is told to mirror
   * @param to where
   * @param source the files behind {@code from}
   * @param target the files behind {@code to}
   */
  private record Mirror(Object from, Object to, Path source, Path target) {
    Object[] command() {
      return new Object[] {"mirror", "--json", "--parallel", 8, from, to};
    }

    /** What differs, but for files that are missing and those under a name that is not final. */
    List<String> falseFiles() throws IOException {
      if (!Files.exists(target)) {
        return List.of();
      }
      return FileTree.differences(source, target).stream()
          .filter(fault -> !fault.endsWith(": missing"))
          .filter(fault -> !fault.matches("(.*/)?\\.berth-[^/]*\\.part: not expected"))
          .toList();
    }

    /** All that differs once a run has come to its end; nothing of ours may be left either. */
    List<String> faults() throws IOException {
      return FileTree.differences(source, target);
    }
  }

  /** The same for every job: a kill, then a run to the end. */
  private final class Rounds {
    private final Server server;
    private final int limit;
    private final Random random;
    private final Berth berth = Berth.in(folder);

    /**
     * How long a run takes; the kills come within it. Measured by the runs that go to their end.
     */
    private Duration whole = Duration.ofSeconds(3);

    Rounds(Server server, int limit, Random random) {
      this.server = server;
      this.limit = limit;
      this.random = random;
    }

    void play(int round, Mirror mirror) throws Exception {
      long moment = random.nextLong(whole.toMillis());
      try (Berth.Running running = berth.start(mirror.command())) {
        running.process().waitFor(moment, TimeUnit.MILLISECONDS);
        running.kill();
      }
      String when = "round " + round + ", killed after " + moment + " ms";
      assertThat(mirror.falseFiles()).as(when).isEmpty();
      int before = server.tap().connections().size();
      Run run = berth.run(mirror.command()).ended(0);
      whole = run.took().plus(whole).dividedBy(2);

      assertThat(mirror.faults()).as(when).isEmpty();
      assertThat(mostAtOnce(before))
          .as(() -> when + "\n" + Sessions.atTap(server))
          .isLessThanOrEqualTo(limit);
    }

    /** Of the run that went to its end. The ghosts of the other are not its doing. */
    private int mostAtOnce(int before) {
      List<TappedConnection> own =
          server.tap().connections().stream()
              .skip(before)
              .filter(connection -> !connection.isRefused())
              .toList();
      return own.stream().mapToInt(one -> openAt(one.openedNanos(), own)).max().orElse(0);
    }

    private static int openAt(long nanos, List<TappedConnection> connections) {
      return (int)
          connections.stream()
              .filter(connection -> connection.openedNanos() - nanos <= 0)
              .filter(
                  connection -> connection.endedNanos().stream().noneMatch(end -> end - nanos <= 0))
              .count();
    }

    /** No session stays, neither of those that were killed nor of the others. */
    void awaitNobody() throws IOException {
      server.tap().awaitAllEnded(GHOST_END);
      Await.until(GHOST_END, () -> "at rest: " + processes(), server.peer()::isAtRest);
      long rounds = LongRun.rounds(ROUNDS);
      long twice = TransferLog.bytes(server) - rounds * TREE_BYTES;
      System.out.println("moved twice for a kill: " + twice / rounds + " bytes");
      assertThat(twice).isLessThan(rounds * MOST_TWICE);
    }

    private String processes() {
      try {
        return server.peer().processes() + ", " + server.peer().log();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
