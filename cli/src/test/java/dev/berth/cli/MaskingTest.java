package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
  @TempDir Path folder;

  /** Command lines that are wrong in every way we could think of, with the password in them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "get ftp://ann:topsecret@h/x a b",
        "get ftp://ann:topsecret@h/x ftp://ann:topsecret@h/y",
        "get ftp://ann:topsecret@h/x --wait=never",
        "get ftp://ann:topsecret@h/",
        "get ftp://ann:topsecret@h:99999/x",
        "get sftp://ann:topsecret@h/x",
        "get ann:topsecret@h/x",
        "get --wiat=3 ftp://ann:topsecret@h/x",
        "get --wait ftp://ann:topsecret@h/x",
        "get --password=topsecret ftp://ann@h/x",
        "get --password topsecret ftp://ann@h/x",
        "get -ptopsecret ftp://ann@h/x",
        "get -uann:topsecret ftp://h/x",
        "get --user=ann:topsecret ftp://h/x",
        "get --tls=ftp://ann:topsecret@h/ ftp://h/x",
        "get --quiet=topsecret ftp://h/x",
        "get --json --dry-run=ann:topsecret@h ftp://h/x",
        "ftp://ann:topsecret@h/x",
        "help ftp://ann:topsecret@h/x",
        "completion ftp://ann:topsecret@h/x",
        "mirror ftp://ann:topsecret@h/x ftp://ann:topsecret@h/y",
        "mirror ftp://ann:topsecret@h/x",
        "put ftp://ann:topsecret@h/x ftp://ann:topsecret@h/y",
        "put ftp://ann:topsecret@h/x",
        "ls ftp://ann:topsecret@h/x ftp://ann:topsecret@h/y",
        "ls --json ftp://ann:topsecret@h/%zz",
        "ls --bind=ftp://ann:topsecret@h/ ftp://h/",
      })
  void noFaultShowsThePassword(String line) {
    FakeEngine engine = FakeEngine.ending(FakeEngine.ALL_DONE);

    Run.Result result = Run.in(folder).with(engine).of(line.split(" "));

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(result.everything()).isNotEmpty().doesNotContain("topsecret");
    assertThat(engine.jobs).isEmpty();
  }

  @Test
  void messagesOfTheEngineDoNotShowItEither() {
    FakeEngine engine =
        FakeEngine.ending(new Ending.NoConnection("no connection to ftp://ann:topsecret@h/x"));

    Run.Result result = Run.in(folder).with(engine).of("get", "--json", "ftp://ann:topsecret@h/x");

    assertThat(result.everything()).contains("ftp://ann:***@h/x").doesNotContain("topsecret");
  }

  @Test
  void faultsOfOursDoNotShowIt() {
    Engine broken = new BrokenEngine();

    Run.Result result =
        Run.in(folder).with(broken).of("ls", "--verbose", "--json", "ftp://ann:topsecret@h/");

    assertThat(result.status()).isEqualTo(ExitStatus.INTERNAL_ERROR);
    assertThat(result.err()).contains("internal error", "Please report it", "    at dev.berth");
    assertThat(result.everything()).doesNotContain("topsecret");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ftp://ann@h/x,            ftp://ann@h/x
          ftp://ann:pw@h/x,         ftp://ann:***@h/x
          ftp://ann:p@w@h/x,        ftp://ann:***@h/x
          ann:pw@h,                 ann:***@h
          --password=pw,            --password=***
          --password-file=name,     --password-file=name
          plain,                    plain
          """)
  void argumentsAreMaskedByTheirShape(String argument, String shown) {
    assertThat(Masking.argument(argument)).isEqualTo(shown);
  }
}
