package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Await;
import dev.berth.testkit.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Plays one row, with a server, a home and a state of its own. What has to hold in each: every file
 * arrives whole, exit status 0, at most three refusals in the first run and none in the next, never
 * more connections than allowed. Confined to one thread; several may play side by side.
 */
final class RowPlayer {
  private static final int MOST_REFUSALS = 3;
  private static final int JOBS = 10;
  private static final Duration BOUND = Duration.ofMinutes(5);
  private static final Duration FULL_FOR = Duration.ofSeconds(20);

  /** The other clients were cut when they had so much of the file. */
  private static final int CUT_AT_BYTES = 15 << 20;

  private static final FileTree LARGE =
      FileTree.of(4, new FileTree.Shape(0, 0, 0)).with("large.bin", 50 << 20);

  private final ClientRow row;
  private final Path folder;
  private final Berth berth;

  /**
   * What came of a row.
   *
   * @param files how many arrived whole
   * @param took the first run, or the first of ten to the end of the last
   * @param refused how many connections were refused in it
   * @param attempts of how many
   * @param resumedBytes how many bytes did not move twice, though the connection was cut
   */
  record Outcome(
      ClientRow row, long files, Duration took, int refused, int attempts, long resumedBytes) {}

  private RowPlayer(ClientRow row, Path folder) {
    this.row = row;
    this.folder = folder;
    this.berth = Berth.in(folder);
  }

  /**
   * Plays a row.
   *
   * @param folder an empty one
   */
  static Outcome play(ClientRow row, Path folder) throws Exception {
    RowPlayer player = new RowPlayer(row, folder);
    try (FarServer far = FarServer.start(row)) {
      Outcome outcome = player.play(far);
      assertThat(far.server().tap().mostAdmittedAtOnce())
          .as(() -> row + ": open at once\n" + Sessions.atTap(far.server()))
          .isLessThanOrEqualTo(row.limit());
      return outcome;
    }
  }

  private Outcome play(FarServer far) throws Exception {
    return switch (row.task()) {
      case MANY_DOWN -> down(far, FileTree.standard(2), 8);
      case MANY_UP -> up(far, FileTree.standard(2));
      case SMALL_DOWN -> down(far, FileTree.of(2, new FileTree.Shape(10, 50, 1024)), 16);
      case BIG_DOWN -> down(far, FileTree.of(2, new FileTree.Shape(1, 20, 5 << 20)), 16);
      case TEN_JOBS -> tenJobs(far);
      case FULL -> full(far);
      case CUT_DOWN -> cutDown(far, 1);
      case CUT_UP -> cutUp(far, 1);
      case GHOSTS_DOWN -> cutDown(far, 3);
      case GHOSTS_UP -> cutUp(far, 3);
    };
  }

  private Outcome down(FarServer far, FileTree tree, int parallel) throws IOException {
    tree.writeTo(Files.createDirectory(far.server().root().resolve("tree")));
    far.server().peer().own();
    Path source = far.server().root().resolve("tree");
    Outcome first = mirror(far, parallel, far.url("tree"), folder.resolve("first"));
    FileTree.assertSame(source, folder.resolve("first"));
    mirror(far, parallel, far.url("tree"), folder.resolve("second"));
    FileTree.assertSame(source, folder.resolve("second"));
    return learned(first, far);
  }

  private Outcome up(FarServer far, FileTree tree) throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    tree.writeTo(source);
    Outcome first = mirror(far, 8, source, far.url("first"));
    FileTree.assertSame(source, far.server().root().resolve("first"));
    mirror(far, 8, source, far.url("second"));
    FileTree.assertSame(source, far.server().root().resolve("second"));
    return learned(first, far);
  }

  private Outcome mirror(FarServer far, int parallel, Object source, Object target)
      throws IOException {
    return outcome(far, run("mirror", "--json", "--parallel", parallel, source, target));
  }

  private Run run(Object... words) {
    try (Berth.Running running = berth.start(words)) {
      return running.await(BOUND).ended(0);
    }
  }

  private Outcome outcome(FarServer far, Run run) throws IOException {
    return new Outcome(
        row,
        run.count("files"),
        run.took(),
        far.refused(),
        far.attempts(),
        run.count("resumedBytes"));
  }

  /** The first run, if its refusals are few and all that there were. */
  private Outcome learned(Outcome first, FarServer far) throws IOException {
    assertThat(first.refused())
        .as(() -> row + ": refused in the first run\n" + Sessions.atTap(far.server()))
        .isLessThanOrEqualTo(MOST_REFUSALS);
    // A short run may be over without having met the limit; then the next has to find it.
    int inTheNext = first.refused() == 0 ? MOST_REFUSALS : 0;
    assertThat(far.refused() - first.refused())
        .as(() -> row + ": refused in the second run\n" + Sessions.atTap(far.server()))
        .isLessThanOrEqualTo(inTheNext);
    return first;
  }

  private Outcome tenJobs(FarServer far) throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    FileTree.of(3, new FileTree.Shape(1, JOBS, 200 << 10)).writeTo(source);
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(source)) {
      all.filter(Files::isRegularFile).sorted().forEach(files::add);
    }
    Outcome first = putAll(far, files, "first");
    putAll(far, files, "second");
    return learned(first, far);
  }

  private Outcome putAll(FarServer far, List<Path> files, String inbox) throws IOException {
    Path target = Files.createDirectory(far.server().root().resolve(inbox));
    far.server().peer().own();
    long start = System.nanoTime();
    List<Berth.Running> running = new ArrayList<>();
    files.forEach(file -> running.add(berth.start("put", file, far.url(inbox + "/"))));
    for (Berth.Running each : running) {
      try (each) {
        each.await(BOUND).ended(0);
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    FileTree.assertSame(files.getFirst().getParent(), target);
    return new Outcome(row, files.size(), took, far.refused(), far.attempts(), 0);
  }

  private Outcome full(FarServer far) throws Exception {
    far.server().peer().fill(LARGE);
    Path target = folder.resolve("large.bin");
    Berth.Running running;
    try (Raw _ = Raw.loggedIn(far.server().peer())) {
      running = berth.start("get", "--json", far.url("large.bin"), target);
      boolean gaveUp = running.process().waitFor(FULL_FOR.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(gaveUp).as(() -> running.said().errors()).isFalse();
    }
    try (running) {
      Outcome first = outcome(far, running.await(BOUND).ended(0));
      assertThat(target).hasSameBinaryContentAs(far.server().root().resolve("large.bin"));
      run("get", "--json", far.url("large.bin"), folder.resolve("again"));
      return learned(first, far);
    }
  }

  private Outcome cutDown(FarServer far, int times) throws Exception {
    far.server().peer().fill(LARGE);
    Path source = far.server().root().resolve("large.bin");
    List<Outcome> outcomes = new ArrayList<>();
    for (int time = 1; time <= times; time++) {
      Path target = Files.createDirectory(folder.resolve("down-" + time));
      outcomes.add(cut(far, target, "get", far.url("large.bin"), target));
      assertThat(target.resolve("large.bin")).hasSameBinaryContentAs(source);
    }
    run("get", "--json", far.url("large.bin"), folder.resolve("again"));
    return learned(outcomes.getLast(), far);
  }

  private Outcome cutUp(FarServer far, int times) throws Exception {
    LARGE.writeTo(Files.createDirectory(folder.resolve("source")));
    Path source = folder.resolve("source/large.bin");
    List<Outcome> outcomes = new ArrayList<>();
    for (int time = 1; time <= times; time++) {
      Path target = Files.createDirectory(far.server().root().resolve("up-" + time));
      far.server().peer().own();
      outcomes.add(cut(far, target, "put", source, far.url("up-" + time + "/")));
      assertThat(target.resolve("large.bin")).hasSameBinaryContentAs(source);
    }
    run("put", "--json", source, far.url("again.bin"));
    return learned(outcomes.getLast(), far);
  }

  /** Kills the sessions as soon as a third of the file is in its folder. */
  private Outcome cut(FarServer far, Path target, Object... words) throws Exception {
    List<Object> command = new ArrayList<>(List.of(words));
    command.add(1, "--json");
    try (Berth.Running running = berth.start(command.toArray())) {
      Await.until(BOUND, () -> "a third of the file in " + target, () -> holds(target));
      int killed = 0;
      for (long session : far.server().peer().processes()) {
        if (session != far.server().peer().pid()) {
          killed +=
              ProcessHandle.of(session).filter(ProcessHandle::destroyForcibly).isPresent() ? 1 : 0;
        }
      }
      assertThat(killed).as("sessions killed").isPositive();
      Run run = running.await(BOUND).ended(0);
      assertThat(run.count("resumedBytes")).isPositive();
      return outcome(far, run);
    }
  }

  private static boolean holds(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : files.toList()) {
        if (Files.size(file) > CUT_AT_BYTES) {
          return true;
        }
      }
      return false;
    }
  }
}
