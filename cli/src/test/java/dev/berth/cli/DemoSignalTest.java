package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Await;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as a process of its own, ended as a service manager ends it. */
final class DemoSignalTest {
  @TempDir Path folder;

  @Test
  void signalLeavesNeitherProcessesNorFiles() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "demo");
    Process demo =
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectErrorStream(true).start();
    try {
      Await.until(Duration.ofSeconds(60), "jobs run", () -> demo.children().count() >= 4);
      File[] before = folder.toFile().listFiles();

      assertThat(demo.toHandle().destroy()).isTrue();

      assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(demo.exitValue()).isEqualTo(128 + 15);
      assertThat(ProcessHandle.allProcesses().filter(this::isOurs)).isEmpty();
      assertThat(before).anyMatch(it -> it.getName().startsWith("berth-demo-"));
      assertThat(folder.toFile().listFiles((_, name) -> name.startsWith("berth-"))).isEmpty();
    } finally {
      demo.destroyForcibly();
      ProcessHandle.allProcesses().filter(this::isOurs).forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Jobs are started with the options of the demonstration. */
  private boolean isOurs(ProcessHandle process) {
    String[] words = process.info().arguments().orElse(new String[0]);
    return List.of(words).contains("-Djava.io.tmpdir=" + folder);
  }
}
