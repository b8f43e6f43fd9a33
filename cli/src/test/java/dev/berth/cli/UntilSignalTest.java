package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signal is how a server is meant to end. Sent to a process of its own. */
final class UntilSignalTest {
  @TempDir Path folder;

  private Process start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  @Test
  void signalEndsASimulatorInOrder() throws Exception {
    Process process = start(Main.class, "simulate", "--as", "vsftpd");
    try (BufferedReader err = process.errorReader()) {
      String place = err.readLine();
      assertThat(place).startsWith("listening on 127.0.0.1:");
      int port = Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
      try (RawClient client = RawClient.connect(new InetSocketAddress("127.0.0.1", port))) {
        client.expect("220"); // So by now it waits for the signal, too.
      }
      assertThat(folder).isNotEmptyDirectory();

      assertThat(process.toHandle().destroy()).isTrue();

      assertThat(err.lines()).isEmpty();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(folder).isEmptyDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatDidNotEndInOrderIsTold() throws Exception {
    Process process = start(UntilSignalMain.class);
    try (BufferedReader err = process.errorReader()) {
      assertThat(err.readLine()).isEqualTo("listening");
      assertThat(process.toHandle().destroy()).isTrue();

      assertThat(err.lines().collect(Collectors.joining("\n"))).contains("stuck");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(ExitStatus.INTERNAL_ERROR.number());
    } finally {
      process.destroyForcibly();
    }
  }
}
