package dev.berth.interop;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The program as a user runs it: the launcher {@code ./berth} of this checkout and the application
 * that the build has made, as a process of its own, with a home and a state of its own. Each run
 * ends within a bound. Confined to the thread of its test.
 */
final class Berth {
  /** No run of these tests takes a third of it on two busy cores. */
  private static final Duration BOUND = Duration.ofSeconds(100);

  private static final Path LAUNCHER = installed();

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private final List<String> user = new ArrayList<>(); // words before the command; none for ours
  private int runs;

  private Berth(Path folder) {
    this.folder = folder;
  }

  /**
   * The program at home in a folder.
   *
   * @param folder an empty one; its {@code home} becomes HOME, its {@code here} the current folder
   */
  static Berth in(Path folder) {
    Berth berth = new Berth(folder.resolve("berth"));
    try {
      Files.createDirectories(berth.home());
      Files.createDirectory(berth.here());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return berth
        .with("PATH", System.getenv("PATH"))
        .with("HOME", berth.home().toString())
        .with("BERTH_JAVA_HOME", System.getProperty("java.home"))
        .with("BERTH_SHARE_DIR", folder.resolve("share").toString())
        .with("BERTH_PASSWORD", Server.PASSWORD);
  }

  /**
   * The same program with less memory than the machine would give it.
   *
   * @param size as the JVM reads it: {@code 64m}
   */
  Berth withHeap(String size) {
    return with("JDK_JAVA_OPTIONS", "-Xmx" + size);
  }

  /** The same program, run by another user of the machine, who may write to its home. */
  Berth asNobody() throws IOException {
    for (Path place : List.of(folder, home(), here())) {
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    user.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    return this;
  }

  /**
   * A copy of the launcher, which looks for the application next to itself, with a rehearsal of its
   * own. It is shown the jars of this build, and no sources: so it finds nothing to build.
   */
  private static Path installed() {
    Path checkout = checkout();
    Path jars = checkout.resolve("cli/target/app/lib");
    if (!Files.isDirectory(jars)) {
      throw new IllegalStateException(jars + " is missing; the phase package of cli makes it");
    }
    try {
      Path place = checkout.resolve("interop/target/installed");
      Path app = Files.createDirectories(place.resolve("cli/target/app"));
      Path link = app.resolve("lib");
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, jars);
      Files.createDirectories(place.resolve("build"));
      for (String part : List.of("berth", "build/find-java", "build/rehearse")) {
        Files.copy(
            checkout.resolve(part), place.resolve(part), StandardCopyOption.REPLACE_EXISTING);
      }
      rehearse(place, app);
      Files.write(app.resolve("built"), new byte[0]);
      return place.resolve("berth");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void rehearse(Path place, Path app) throws IOException {
    Path cache = app.resolve("berth.aot");
    Files.deleteIfExists(cache);
    String script = ". build/find-java && . build/rehearse && find_java && app=$1 && rehearse";
    Process rehearsal =
        new ProcessBuilder("bash", "-c", script, "bash", app.toString())
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(app.resolve("rehearsal.log").toFile())
            .start();
    try {
      rehearsal.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("while " + place + " was rehearsed");
    }
    if (!Files.exists(cache)) {
      throw new IOException("nothing came of the rehearsal, see " + app.resolve("rehearsal.log"));
    }
  }

  private static Path checkout() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("testkit/install-peers"))) {
        return at;
      }
    }
    throw new IllegalStateException("not inside the repository: " + Path.of("").toAbsolutePath());
  }

  /** Runs with this variable of the environment. There are few others, as under cron. */
  Berth with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** The folder that the program runs in. */
  Path here() {
    return folder.resolve("here");
  }

  private Path home() {
    return folder.resolve("home");
  }

  /**
   * Runs the program to its end.
   *
   * @param words the command line: texts, paths, or anything that prints as one
   * @throws AssertionError when it does not end within the bound
   */
  Run run(Object... words) {
    try (Running running = start(words)) {
      return running.await(BOUND);
    }
  }

  /**
   * Runs the program with its standard output in a pipe.
   *
   * @param reader what stands behind the pipe, in the language of the shell
   */
  Run runInto(String reader, Object... words) {
    String pipe = "bash \"$0\" \"$@\" | " + reader + "; exit ${PIPESTATUS[0]}";
    try (Running running = start(List.of("bash", "-c", pipe), words)) {
      return running.await(BOUND);
    }
  }

  /** Starts the program and returns at once. */
  Running start(Object... words) {
    return start(List.of("bash"), words);
  }

  private Running start(List<String> before, Object... words) {
    List<String> command = new ArrayList<>(user);
    command.addAll(before);
    command.add(LAUNCHER.toString());
    Arrays.stream(words).map(Object::toString).forEach(command::add);
    runs++;
    ProcessBuilder builder = new ProcessBuilder(command).directory(here().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path out = folder.resolve("out-" + runs);
    Path err = folder.resolve("err-" + runs);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new Running(process, new Said(command, out, err), System.nanoTime());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was asked, and where the answer is written. */
  record Said(List<String> command, Path out, Path err) {
    String output() {
      return read(out);
    }

    String errors() {
      return read(err);
    }

    private static String read(Path file) {
      try {
        // What is no text, as the bytes of a file may be, is for the test that reads it itself.
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A run that may not be over. Closing it kills it. */
  record Running(Process process, Said said, long startNanos) implements AutoCloseable {
    /** Waits for the end. */
    Run await(Duration bound) {
      try {
        if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new AssertionError(
              "no end within %s of %s%n%s"
                  .formatted(bound, said.command(), said.errors() + said.output()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
      return new Run(said.command(), process.exitValue(), said.output(), said.errors(), took);
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    void kill() {
      process.destroyForcibly();
      process.onExit().join();
    }

    @Override
    public void close() {
      if (process.isAlive()) {
        kill();
      }
    }
  }
}
