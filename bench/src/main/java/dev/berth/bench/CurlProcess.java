package dev.berth.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One curl, as a crontab starts it. It gives up by itself after {@value #MOST_SECONDS} s.
 *
 * @param output what it says
 * @param seconds from its start to its end
 */
record CurlProcess(Process process, Path output, CompletableFuture<Double> seconds) {
  private static final long MOST_SECONDS = 180;

  /**
   * How it went.
   *
   * @param said on standard error
   */
  record Ended(int exit, double seconds, String said) {}

  /**
   * Starts it.
   *
   * @param words for curl, behind those that every one gets
   */
  static CurlProcess start(Path output, List<String> words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "curl", "-q", "-sS", "-k", "-m", "" + MOST_SECONDS, "-u", "berthtest:berthtest"));
    command.addAll(words);
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new CurlProcess(
        process, output, process.onExit().thenApply(gone -> (System.nanoTime() - began) / 1e9));
  }

  static String url(int port, String path) {
    return "ftp://127.0.0.1:" + port + "/" + path;
  }

  /** Runs one that has to succeed, and tells how long it took. */
  static double run(Path output, List<String> words) throws IOException {
    Ended ended = start(output, words).ended();
    if (ended.exit != 0) {
      throw new IOException("curl " + ended.exit + ": " + ended.said);
    }
    return ended.seconds;
  }

  /** Waits for its end. */
  Ended ended() throws IOException {
    try {
      double took = seconds.get(MOST_SECONDS + 10, TimeUnit.SECONDS);
      return new Ended(process.exitValue(), took, Files.readString(output).strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("curl does not end: " + e, e);
    } finally {
      process.destroyForcibly();
    }
  }
}
