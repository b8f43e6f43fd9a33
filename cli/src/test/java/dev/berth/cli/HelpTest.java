package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @TempDir Path folder;
  private final FakeEngine engine = FakeEngine.ending(FakeEngine.ALL_DONE);

  private Run.Result run(String... arguments) {
    return Run.in(folder).with(engine).of(arguments);
  }

  @Test
  void programAloneShowsItsHelpAsAFault() {
    Run.Result result = run();

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(result.err()).contains("get", "put", "mirror", "ls", "Exit status:");
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "put", "mirror", "ls", "stat", "rm", "mkdir", "mv"})
  void everyCommandOnServersHasTheSameOptions(String command) {
    Run.Result result = run(command, "--help");

    assertThat(result.status()).isEqualTo(ExitStatus.DONE);
    assertThat(result.out())
        .contains("--tls=", "--tls-trust=", "--wait=", "--timeout=", "--bind=", "--password-file=")
        .contains("--data=", "--active-ports=")
        .contains("--state-dir=", "--json", "--quiet", "--verbose", "--help", "--version")
        .contains("Examples:", "berth " + command + " ");
    assertThat(result.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(90));
  }

  @Test
  void catHasTheSameOptionsButJson() {
    Run.Result result = run("cat", "--help");

    assertThat(result.out()).contains("--tls=", "--wait=", "--state-dir=", "--quiet");
    assertThat(result.out()).doesNotContain("--json");
    assertThat(run("man", "cat").out()).doesNotContain("json");
  }

  @Test
  void helpCommandShowsTheSameAsTheOption() {
    for (String command :
        List.of("get", "put", "mirror", "ls", "rm", "man", "completion", "help")) {
      assertThat(run("help", command).out()).isEqualTo(run(command, "--help").out());
    }
  }

  @Test
  void versionIsTheSameEverywhere() {
    assertThat(run("--version").out()).matches("berth \\d+\\.\\d+\\.\\d+\\S*\\R");
    assertThat(run("get", "--version").out()).isEqualTo(run("--version").out());
  }
}
