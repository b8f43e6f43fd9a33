package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shells and man make of what we write for them. */
class ShellTest {
  @TempDir Path folder;

  private String berth(String... arguments) {
    return Run.in(folder).with(FakeEngine.ending(FakeEngine.ALL_DONE)).of(arguments).out();
  }

  private static String bash(String script) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of("bash", "-s")).redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private String completed(String line) throws IOException, InterruptedException {
    String words = "'" + String.join("' '", line.split(" ", -1)) + "'";
    return bash(
        berth("completion", "bash")
            + "\nCOMP_WORDS=(%s)\nCOMP_CWORD=$((${#COMP_WORDS[@]}-1))\nCOMP_LINE='%s'\n"
                .formatted(words, line)
            + "_complete_berth\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
  }

  @Test
  void bashCompletesCommandsOptionsAndTheirWords() throws IOException, InterruptedException {
    assertThat(completed("berth m").lines()).contains("mirror", "man");
    assertThat(completed("berth get --pass").lines()).contains("--password-file");
    assertThat(completed("berth get --tls ").lines()).contains("auto", "require", "off");
  }

  @Test
  void zshGetsTheSameAfterItsOwnSetUp() {
    assertThat(berth("completion", "zsh"))
        .startsWith("autoload -U +X compinit && compinit\n")
        .endsWith(berth("completion", "bash"));
  }

  @Test
  void everyManualPageHasItsSectionsAndNoStrayMarkup() {
    for (String command : List.of("get", "put", "mirror", "ls", "explain", "completion", "man")) {
      assertThat(berth("man", command))
          .startsWith(".TH \"BERTH-" + command.toUpperCase(java.util.Locale.ROOT) + "\" 1")
          .contains(".SH NAME", ".SH SYNOPSIS", ".SH OPTIONS", ".SH EXAMPLES")
          .doesNotContain("@|", "|@", "%n");
    }
    assertThat(berth("man")).contains(".SH COMMANDS", ".SH EXIT STATUS", "\\fBmirror\\fR");
  }
}
