package dev.berth.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end and measures them. */
final class Processes {
  /** None of the errands takes this long where it works. */
  private static final Duration BOUND = Duration.ofMinutes(1);

  /** bash measures its children as wait4(2) does: wall, user and system time, in seconds. */
  private static final String TIMED =
      "TIMEFORMAT='%3R %3U %3S'; { time \"${@:4}\" >\"$1\" 2>\"$2\" </dev/null; } 2>\"$3\"";

  /**
   * How a run went.
   *
   * @param exit its exit status
   * @param wallSeconds from its start to its end
   * @param cpuSeconds user and system time of it and its children
   * @param errors what it wrote to standard error
   */
  record Ended(int exit, double wallSeconds, double cpuSeconds, String errors) {}

  private Processes() {}

  /**
   * Runs a command with nothing at its standard input.
   *
   * @param scratch where its output goes
   * @throws IOException when it cannot be started, or does not end in time
   */
  static Ended timed(List<String> command, Path scratch) throws IOException {
    Path out = scratch.resolve("out");
    Path err = scratch.resolve("err");
    Path times = scratch.resolve("times");
    List<String> whole = new ArrayList<>(List.of("bash", "-c", TIMED, "bash"));
    whole.addAll(List.of(out.toString(), err.toString(), times.toString()));
    whole.addAll(command);
    int exit = exit(new ProcessBuilder(whole).inheritIO().start(), command);
    String[] seconds = Files.readString(times).strip().split(" ", -1);
    return new Ended(
        exit,
        Double.parseDouble(seconds[0]),
        Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2]),
        Files.readString(err, StandardCharsets.ISO_8859_1));
  }

  /** What a command writes to standard output, without white space around it. */
  static String output(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    exit(process, List.of(command));
    return output.strip();
  }

  private static int exit(Process process, List<String> command) throws IOException {
    try {
      if (process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    throw new IOException(command.getFirst() + " did not end within " + BOUND.toSeconds() + " s");
  }
}
