package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code berth limits} shows, sets and forgets. */
class LimitsTest {
  private static final String URL = "ftp://127.0.0.1:2121";

  @TempDir Path folder;

  private Run.Result limits(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "limits";
    System.arraycopy(words, 0, all, 1, words.length);
    return Run.in(folder)
        .with("BERTH_SHARE_DIR", folder.resolve("share").toString())
        .with("BERTH_STATE_DIR", folder.resolve("state").toString())
        .of(all);
  }

  @Test
  void withoutAnythingItSaysSo() {
    assertThat(limits().out()).isEqualTo("nothing is remembered of any server yet\n");
    assertThat(limits("--json").out()).isEmpty();
  }

  @Test
  void whatIsSetIsShownUntilItIsForgotten() {
    assertThat(limits("set", URL, "3").out())
        .isEqualTo("127.0.0.1:2121: limit 3, set until it is forgotten\n");
    assertThat(limits().out()).isEqualTo("127.0.0.1:2121: limit 3 (set by the user 0 s ago)\n");
    assertThat(limits("--json").out())
        .startsWith(
            "{\"host\":\"127.0.0.1\",\"port\":2121,\"source\":\"default\",\"limits\":["
                + "{\"account\":null,\"limit\":3,\"evidence\":\"set\",\"since\":\"")
        .endsWith("\",\"words\":null}],\"pausedUntil\":null}\n");

    assertThat(limits("forget", URL).out()).isEqualTo("127.0.0.1:2121: forgotten\n");
    assertThat(limits("forget", URL).out())
        .isEqualTo("127.0.0.1:2121: nothing was remembered of it\n");
    assertThat(limits().out()).startsWith("nothing is remembered");
  }

  @Test
  void forAnotherAddressOfOursThereIsAnotherLimit() {
    limits("set", "--bind=127.0.0.2", URL, "3");

    assertThat(limits().out()).startsWith("127.0.0.1:2121 from 127.0.0.2: limit 3");
    assertThat(limits("forget", URL).out()).contains("forgotten");
  }

  @Test
  void allAreForgottenAtOnceTheDamagedToo() throws IOException {
    limits("set", URL, "3");
    Path damaged = folder.resolve("state/limits/damaged.limits");
    Files.writeString(damaged, "nonsense");

    assertThat(limits("forget", "--all").status()).isEqualTo(ExitStatus.DONE);

    assertThat(damaged).doesNotExist();
    assertThat(limits().out()).startsWith("nothing is remembered");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001", "two", "", "99999999999999999999"})
  void whatIsNoLimitIsAFaultOfUsage(String number) {
    Run.Result result = limits("set", URL, number);

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(result.err()).contains("berth: ");
    assertThat(limits().out()).startsWith("nothing is remembered");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set",
        "forget",
        "set " + URL,
        "forget " + URL + " 3",
        "set " + URL + " 3 4",
        "show",
        "--all",
        "forget --all " + URL,
        "set --all " + URL + " 3",
        "forget sftp://host/",
        "--json forget " + URL
      })
  void anythingElseIsAFaultOfUsage(String words) {
    assertThat(limits(words.split(" ")).status()).isEqualTo(ExitStatus.USAGE);
  }
}
