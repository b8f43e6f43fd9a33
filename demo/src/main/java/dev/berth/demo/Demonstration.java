package dev.berth.demo;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Scope;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * A server with files on loopback, and the two ways to fetch them. Started and closed by the
 * program; one thread uses it.
 */
public final class Demonstration implements Closeable {
  /** How many jobs run at once. */
  public static final int JOBS = 8;

  /** How many connections the server lets an address have. */
  public static final int LIMIT = 2;

  private static final int FILES = 12; // of each job
  private static final int FILE_BYTES = 128 * 1024;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Less than what a scope waits for its threads. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Path folder;
  private final Path source;
  private final DemoServer server;

  private Demonstration(Path folder, Path source, DemoServer server) {
    this.folder = folder;
    this.source = source;
    this.server = server;
  }

  /** Starts a Berth. */
  @FunctionalInterface
  public interface Starter {
    /**
     * A process that runs {@code berth} with these arguments.
     *
     * @param password for the server; to be handed over in the environment
     * @param said a file to be made, for all that it says
     * @throws IOException if it cannot be started
     */
    Process start(List<String> arguments, String password, Path said) throws IOException;
  }

  /**
   * Makes the files and starts the server.
   *
   * @param folder an empty folder, for all files of the demonstration
   */
  public static Demonstration start(Path folder) throws IOException {
    Path source = Files.createDirectory(folder.resolve("server"));
    Random random = new Random(421);
    for (int job = 1; job <= JOBS; job++) {
      Path files = Files.createDirectory(source.resolve(jobName(job)));
      for (String name : names()) {
        byte[] content = new byte[FILE_BYTES];
        random.nextBytes(content);
        Files.write(files.resolve(name), content);
      }
    }
    return new Demonstration(folder, source, DemoServer.start(source, LIMIT));
  }

  private static String jobName(int job) {
    return "job-" + job;
  }

  private static List<String> names() {
    return IntStream.rangeClosed(1, FILES).mapToObj(n -> "file-" + n + ".bin").toList();
  }

  /** Where the server listens. */
  public InetSocketAddress address() throws IOException {
    return server.address();
  }

  /** {@code ftp://demo@127.0.0.1:40123/}. */
  public String url() throws IOException {
    InetSocketAddress address = address();
    return "ftp://"
        + DemoServer.USER
        + "@"
        + address.getAddress().getHostAddress()
        + ":"
        + address.getPort()
        + "/";
  }

  /** The password of the server's one user. */
  public String password() {
    return DemoServer.PASSWORD;
  }

  /** The first act: all jobs at once, each for itself. */
  public Act theUsualWay() throws IOException, InterruptedException {
    InetSocketAddress address = address();
    return play("usual", (job, target) -> new UsualJob(address, jobName(job), target).run(names()));
  }

  /** The second act: the same jobs, each a Berth. None of them is left when this returns. */
  public Act throughBerth(Starter starter) throws IOException, InterruptedException {
    String url = url();
    Path state = Files.createDirectory(folder.resolve("state"));
    return play(
        "berth",
        (job, target) -> {
          List<String> arguments =
              List.of(
                  "mirror",
                  "--state-dir=" + state,
                  "--parallel=" + LIMIT,
                  url + jobName(job),
                  target.toString());
          Path said = folder.resolve("said-" + job);
          Process berth = starter.start(arguments, DemoServer.PASSWORD, said);
          try {
            int status = berth.waitFor(); // Unlike a read of its output, this ends by an interrupt.
            return status == 0
                ? Optional.empty()
                : Optional.of("exit status " + status + ": " + text(said));
          } finally {
            end(berth);
          }
        });
  }

  private static String text(Path said) throws IOException {
    return Files.exists(said) ? new String(Files.readAllBytes(said), StandardCharsets.UTF_8) : "";
  }

  /** Its files may go when it has gone. */
  private static void end(Process berth) throws InterruptedException {
    berth.destroy();
    if (!berth.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      berth.destroyForcibly().waitFor();
    }
  }

  /** Does one job; answers what was said first of a failure. */
  private interface Job {
    Optional<String> run(int number, Path target) throws IOException, InterruptedException;
  }

  private Act play(String name, Job job) throws IOException, InterruptedException {
    Path target = Files.createDirectory(folder.resolve(name));
    AtomicReferenceArray<Act.JobResult> results = new AtomicReferenceArray<>(JOBS);
    long refusedBefore = server.refused();
    long began = System.nanoTime();
    try (Scope scope = new Scope(name, Duration.ofSeconds(5))) {
      for (int number = 1; number <= JOBS; number++) {
        int mine = number;
        Path files = Files.createDirectory(target.resolve(jobName(number)));
        scope.forkPlatform(
            jobName(number),
            () -> {
              Optional<String> said = job.run(mine, files);
              results.set(mine - 1, judged(mine, files, said));
            });
      }
      scope.join(Deadline.after(LONGEST));
    }
    Duration time = Duration.ofNanos(System.nanoTime() - began);
    List<Act.JobResult> all = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      all.add(results.get(i));
    }
    return new Act(all, server.refused() - refusedBefore, time);
  }

  /** What counts is what is there, whatever the job says. */
  private Act.JobResult judged(int job, Path files, Optional<String> said) throws IOException {
    int arrived = 0;
    for (String name : names()) {
      Path file = files.resolve(name);
      boolean isWhole =
          Files.exists(file)
              && Files.mismatch(file, source.resolve(jobName(job)).resolve(name)) < 0;
      arrived += isWhole ? 1 : 0;
    }
    return new Act.JobResult(FILES, arrived, said.orElse(""));
  }

  /** Ends the server; the files stay. */
  @Override
  public void close() throws IOException {
    server.close();
  }
}
