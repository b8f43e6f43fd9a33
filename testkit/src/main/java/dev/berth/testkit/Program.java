package dev.berth.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short command to its end. */
final class Program {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private Program() {}

  /**
   * Runs a command that must succeed.
   *
   * @return what it printed
   * @throws IOException when it cannot be started, fails or takes too long
   */
  static String run(String... command) throws IOException {
    Ended ended = end(command);
    if (ended.status != 0) {
      throw new IOException(
          List.of(command) + " ended with " + ended.status + ": " + ended.output.strip());
    }
    return ended.output;
  }

  /** Whether a command can be started and succeeds. */
  static boolean succeeds(String... command) {
    try {
      return end(command).status == 0;
    } catch (IOException cannotStart) {
      return false;
    }
  }

  private record Ended(int status, String output) {}

  private static Ended end(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException(List.of(command) + " did not end within " + BOUND);
      }
      return new Ended(process.exitValue(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in " + List.of(command), e);
    } finally {
      process.destroyForcibly();
    }
  }
}
