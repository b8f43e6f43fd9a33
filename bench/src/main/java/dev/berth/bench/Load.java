package dev.berth.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The load client {@code ftpload}, compiled by {@code bench/servers}. */
final class Load {
  private static final long BOUND_SECONDS = 120;

  private final Path program;

  Load(Path program) {
    this.program = program;
  }

  /** What a run printed, by key. */
  record Result(Map<String, String> values) {
    double number(String key) {
      return Double.parseDouble(values.getOrDefault(key, "NaN"));
    }

    String text(String key) {
      return values.getOrDefault(key, "");
    }
  }

  /** Runs it to its end. */
  Result run(String what, int port, Object... words) throws IOException {
    try (Going going = start(what, port, words)) {
      return going.result();
    }
  }

  /** Starts it; it prints when it has something to say. */
  Going start(String what, int port, Object... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString(), what, "" + port));
    Arrays.stream(words).map(Object::toString).forEach(command::add);
    return new Going(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** A run. Closing it ends its input, and waits for its end. */
  record Going(Process process) implements AutoCloseable {
    /** Waits for what it prints. */
    Result result() throws IOException {
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = out.readLine();
      if (line == null) {
        throw new IOException("ftpload failed");
      }
      Map<String, String> values = new LinkedHashMap<>();
      int answer = line.indexOf("answer=");
      String pairs = answer < 0 ? line : line.substring(0, answer);
      for (String pair : pairs.strip().split(" ", -1)) {
        String[] both = pair.split("=", 2);
        values.put(both[0], both[1]);
      }
      if (answer >= 0) {
        values.put("answer", line.substring(answer + "answer=".length()));
      }
      return new Result(values);
    }

    @Override
    public void close() throws IOException {
      process.getOutputStream().close();
      try {
        if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("ftpload does not end");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
