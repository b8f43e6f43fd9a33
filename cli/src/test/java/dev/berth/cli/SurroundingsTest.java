package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
  @TempDir Path folder;

  private Surroundings with(Map<String, String> environment, boolean hasTerminal) {
    return with(environment, hasTerminal, new ByteArrayOutputStream());
  }

  private Surroundings with(
      Map<String, String> environment, boolean hasTerminal, OutputStream out) {
    return new Surroundings(
        environment,
        InputStream.nullInputStream(),
        new PrintStream(out),
        new PrintStream(new ByteArrayOutputStream()),
        folder,
        folder,
        question -> Optional.empty(),
        () -> hasTerminal);
  }

  @Test
  void launcherTellsTheWidthAndElseTheConsoleWhetherThereIsATerminal() {
    assertThat(with(Map.of("BERTH_TERMINAL", "132"), false).columns()).contains(132);
    assertThat(with(Map.of("BERTH_TERMINAL", "0"), true).columns()).isEmpty();
    assertThat(with(Map.of(), true).columns()).contains(80);
    assertThat(with(Map.of(), false).columns()).isEmpty();
  }

  @Test
  void homeIsWhatTheShellTakesForIt() {
    assertThat(Surroundings.home(Map.of("HOME", "/home/ann"))).isEqualTo(Path.of("/home/ann"));
    Path ofUser = Path.of(System.getProperty("user.home"));
    assertThat(Surroundings.home(Map.of("HOME", "here"))).isEqualTo(ofUser);
    assertThat(Surroundings.home(Map.of())).isEqualTo(ofUser);
  }

  @Test
  void colourNeedsATerminalThatHasItAndNobodyWhoMinds() {
    assertThat(with(Map.of(), true).isColourful()).isTrue();
    assertThat(with(Map.of(), false).isColourful()).isFalse();
    assertThat(with(Map.of("NO_COLOR", "1"), true).isColourful()).isFalse();
    assertThat(with(Map.of("NO_COLOR", ""), true).isColourful()).isTrue();
    assertThat(with(Map.of("TERM", "dumb"), true).isColourful()).isFalse();
  }

  @Test
  void helpIsColouredOnTerminalsOnly() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Program(Commands.local(), with(Map.of(), true, out)).run("--help");
    assertThat(out.toString()).contains("\u001B[1m");

    out.reset();
    new Program(Commands.local(), with(Map.of("BERTH_TERMINAL", "80"), false, out)).run("--help");
    assertThat(out.toString()).contains("Usage:").doesNotContain("\u001B");
  }

  @Test
  void answerThatCannotBeWrittenIsNotDone() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("No space left on device");
          }
        };

    Program program = new Program(Commands.local(), with(Map.of(), false, full));

    assertThat(program.run("explain", "421 x")).isEqualTo(ExitStatus.INCOMPLETE);
  }
}
