package dev.berth.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs through what most runs do, without a server: the build records the classes that this loads
 * and links, so that the program starts in a fraction of the time (JEP 483).
 */
public final class Rehearsal {
  private static final List<List<String>> RUNS =
      List.of(
          List.of("--version"),
          List.of("--help"),
          List.of("help", "explain"),
          List.of("explain", "--json", "-"),
          List.of("explain", "-"),
          List.of("nonsense"));

  private Rehearsal() {}

  /**
   * Runs everything once and shows nothing.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    for (List<String> run : RUNS) {
      new Program(Commands.local(), silent()).run(run.toArray(String[]::new));
    }
  }

  private static Surroundings silent() {
    byte[] reply = "PASS\t530 Login incorrect.\n".getBytes(StandardCharsets.UTF_8);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Path none = Path.of("/nonexistent");
    return new Surroundings(
        Map.of(),
        new ByteArrayInputStream(reply),
        nowhere,
        nowhere,
        none,
        none,
        question -> Optional.empty(),
        () -> false);
  }
}
