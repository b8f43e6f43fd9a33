package dev.berth.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Tells another process to reload. */
public final class Reload {
  /** Where the number of its process stands unless another file is named. */
  public static final Path USUAL_FILE = Path.of("/run/berth/berth.pid");

  private static final List<String> SERVERS = List.of("serve", "gateway");

  private Reload() {}

  /**
   * Sends SIGHUP to the process whose number stands in a file.
   *
   * @return its number
   * @throws IllegalArgumentException if that cannot be a server of ours; then nothing was sent, for
   *     it would end most programs
   */
  public static long ask(Path pidFile) throws IOException, InterruptedException {
    String text = Files.readString(pidFile).strip();
    if (!text.matches("[1-9][0-9]{0,9}")) {
      throw new IllegalArgumentException(pidFile + " holds no number of a process");
    }
    long number = Long.parseLong(text);
    Optional<ProcessHandle> process = ProcessHandle.of(number);
    if (process.isEmpty()) {
      throw new IllegalArgumentException(
          "process " + number + ", of " + pidFile + ", runs no more");
    }
    // What it was started with is seen of one's own processes alone, by root of all.
    Optional<String[]> words = process.get().info().arguments();
    boolean isOther =
        words.isPresent() && Collections.disjoint(Arrays.asList(words.get()), SERVERS);
    if (isOther) {
      throw new IllegalArgumentException(
          "process " + number + ", of " + pidFile + ", is no berth serve, nor gateway");
    }
    // The JDK sends no other signals than those that end.
    Process kill = new ProcessBuilder("kill", "-HUP", text).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IllegalArgumentException("process " + number + " could not be told");
    }
    return number;
  }
}
