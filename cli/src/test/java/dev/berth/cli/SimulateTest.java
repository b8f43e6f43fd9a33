package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.simulator.Mask;
import dev.berth.simulator.Simulator;
import dev.berth.testkit.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimulateTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> heard = new ArrayList<>();

  /** Runs it as long as one client is there, and a second one comes. */
  private ExitStatus run(String... arguments) {
    SimulateCommand command = new SimulateCommand(this::visit);
    Surroundings surroundings = Run.in(folder).surroundings(out, err);
    return new Program(List.of(command), surroundings).run(arguments);
  }

  private void visit(Simulator simulator) {
    try (RawClient first = RawClient.connect(simulator.address());
        RawClient second = RawClient.connect(simulator.address())) {
      heard.add(first.hear());
      heard.add(second.hear());
      first.logIn(simulator.user(), simulator.password());
      first.ask("TYPE I");
      heard.add(first.ask("SIZE file"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void serverIsThereWhereItSaysUntilItIsEnded() throws Exception {
    Files.writeString(folder.resolve("file"), "0123456789");
    Path password = Files.writeString(folder.resolve("password"), "xyzzy\n");

    ExitStatus status =
        run(
            "simulate",
            "--as=pure-ftpd",
            "--limit=1",
            "--wrong-size",
            "--root=" + folder,
            "--user=alice",
            "--password-file=" + password);

    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .matches("listening on 127\\.0\\.0\\.1:\\d+\\R");
    assertThat(heard.get(0)).contains("Welcome to Pure-FTPd");
    assertThat(heard.get(1)).isEqualTo("421 Too many connections (1) from this IP");
    assertThat(heard.get(2)).isEqualTo("213 11");
  }

  @Test
  void listNamesEachMaskWithItsSource() {
    assertThat(run("simulate", "--list")).isEqualTo(ExitStatus.DONE);

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(Mask.names().size())
        .anyMatch(line -> line.startsWith("vsftpd ") && line.contains("run and recorded"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --as=nonesuch        | none of vsftpd, proftpd
          --limit=0            | more than zero
          --limits=2 for a day | is no limit
          --ghosts=soon        | not a duration
          --cut-every=1X       | not a number of bytes
          --reset-rate=2       | not within 0 and 1
          --listen=2121        | not HOST:PORT
          --listen=example.com:21 | not an address
          --limit-in-all=1K    | not a whole number
          --root=/nonesuch     | no such folder
          """)
  void valueThatIsNoneIsNamed(String argument, String what) {
    assertThat(run("simulate", argument)).isEqualTo(ExitStatus.USAGE);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains(what);
  }
}
