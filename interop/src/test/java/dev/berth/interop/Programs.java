package dev.berth.interop;

import dev.berth.testkit.PeerMissing;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs programs of others to their end, in a folder of its own. Confined to one thread. */
final class Programs {
  /** None of what is asked takes a tenth of it on two busy cores. */
  private static final Duration BOUND = Duration.ofSeconds(40);

  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+|\\d{8}");

  private final Path folder;
  private int runs;

  /** Programs that think a folder their home. */
  Programs(Path folder) {
    this.folder = folder;
  }

  /** A program that install-peers unpacks, or the system's. */
  static Path unpacked(String tool, String path) {
    Path program = peers().resolve(tool).resolve(path);
    if (!Files.exists(program)) {
      throw new PeerMissing("the client " + tool + " (" + program + ")");
    }
    return program;
  }

  /** A program of the system. */
  static Path installed(String name) {
    Path program = Path.of("/usr/bin").resolve(name);
    if (!Files.isExecutable(program)) {
      throw new PeerMissing("the client " + name);
    }
    return program;
  }

  /** The folder of what install-peers unpacks. */
  static Path peers() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("testkit/install-peers"))) {
        return at.resolve(".peers");
      }
    }
    throw new IllegalStateException("not inside the repository: " + Path.of("").toAbsolutePath());
  }

  /** Runs with nothing at standard input. */
  String run(List<String> command) throws IOException {
    return run(command, "", Map.of());
  }

  /**
   * Runs a program.
   *
   * @param input what it reads from standard input
   * @return all that it wrote
   * @throws IOException when it fails, or does not end in time
   */
  String run(List<String> command, String input, Map<String, String> environment)
      throws IOException {
    runs++;
    Path in = Files.writeString(folder.resolve("in-" + runs), input);
    Path out = folder.resolve("out-" + runs);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectErrorStream(true);
    Map<String, String> clean = new TreeMap<>(environment);
    clean.put("PATH", "/usr/bin:/bin");
    clean.put("HOME", folder.toString());
    clean.put("LC_ALL", "C.UTF-8");
    clean.put("TERM", "dumb");
    builder.environment().clear();
    builder.environment().putAll(clean);
    Process process = builder.start();
    try {
      if (!process.waitFor(BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("no end within " + BOUND + ": " + command + "\n" + read(out));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("while it ran: " + command);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IOException("exit " + process.exitValue() + ": " + command + "\n" + read(out));
    }
    return read(out);
  }

  /** The first version number in what a command prints. */
  String version(String... command) throws IOException {
    String said = run(List.of(command));
    Matcher number = VERSION.matcher(said);
    return number.find() ? number.group() : "?";
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
