package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Signals, sent to a process of its own: SIGTERM, for a test may run where SIGINT is ignored. */
class InterruptionTest {
  private static Process start(String... arguments) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                java, "-cp", System.getProperty("java.class.path"), "dev.berth.cli.EndlessMain"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  @Test
  void signalLetsTheEngineCleanUpAndMachinesHearOfIt() throws Exception {
    Process process = start("get", "--json", "ftp://h/x");
    try (BufferedReader err = process.errorReader()) {
      assertThat(err.readLine()).isEqualTo("berth: working");

      assertThat(process.toHandle().destroy()).isTrue();

      String rest = err.lines().collect(Collectors.joining("\n"));
      assertThat(rest).contains("berth: cleaned up").contains("berth: interrupted");
      assertThat(process.inputReader().readLine())
          .isEqualTo("{\"error\":\"interrupted\",\"exitStatus\":130}");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void signalEndsAReadFromStandardInputAtOnce() throws Exception {
    Process process = start("explain", "--json", "-");
    try {
      process.outputWriter().append("421 x\n").flush();
      assertThat(process.inputReader().readLine()).startsWith("{\"scope\"");

      assertThat(process.toHandle().destroy()).isTrue();

      // Ten seconds would mean that the process waited for work that never began.
      assertThat(process.waitFor(8, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
  }
}
