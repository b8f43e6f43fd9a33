package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code berth serve}, {@code user} and {@code reload}: what they make of the command line. */
class ServerCommandsTest {
  @TempDir Path folder;
  private String users;

  @BeforeEach
  void nameTheFile() {
    users = folder.resolve("users.toml").toString();
  }

  @Test
  void userIsAddedWithATypedPasswordAndListed() {
    Run.Result added =
        Run.in(folder)
            .typing("geheim")
            .of("user", "add", "ann", "--home", folder.toString(), "--read-only", "--file", users);

    assertThat(added.status()).isEqualTo(ExitStatus.DONE);
    assertThat(added.out()).isEqualTo("user ann is added, with the folder " + folder + "\n");
    assertThat(added.everything()).doesNotContain("geheim");
    assertThat(Run.in(folder).of("user", "list", "--file", users).out())
        .isEqualTo("ann  read-only  " + folder + "\n");
    assertThat(Path.of(users)).content().contains("$argon2id$").doesNotContain("geheim");
  }

  @Test
  void passwordComesFromAFileOrTheEnvironmentToo() throws IOException {
    Path file = Files.writeString(folder.resolve("pw"), "geheim\nrest\n");

    Run.Result first =
        Run.in(folder)
            .of("user", "add", "ann", "--file", users, "--password-file", file.toString());
    String before = Files.readString(Path.of(users));
    Run.Result second =
        Run.in(folder)
            .with("BERTH_PASSWORD", "other")
            .of("user", "password", "ann", "--file", users);

    assertThat(first.status()).isEqualTo(ExitStatus.DONE);
    assertThat(first.err()).contains("/srv/ftp/ann is not there yet");
    assertThat(second.status()).isEqualTo(ExitStatus.DONE);
    assertThat(Path.of(users)).content().isNotEqualTo(before);
  }

  @Test
  void userIsRemovedAndTheNextTimeUnknown() {
    Run.in(folder).typing("x").of("user", "add", "ann", "--file", users);

    assertThat(Run.in(folder).of("user", "remove", "ann", "--file", users).status())
        .isEqualTo(ExitStatus.DONE);
    Run.Result again = Run.in(folder).of("user", "remove", "ann", "--file", users);

    assertThat(again.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(again.err()).contains("there is no user ann");
  }

  @Test
  void withoutAPasswordNothingIsChanged() {
    Run.Result nobodyTypes = Run.in(folder).of("user", "add", "ann", "--file", users);
    Run.Result empty = Run.in(folder).typing("").of("user", "add", "ann", "--file", users);

    assertThat(nobodyTypes.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(nobodyTypes.err()).contains("--password-file");
    assertThat(empty.err()).contains("an empty password is none");
    assertThat(Path.of(users)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user",
        "user add",
        "user lst",
        "user list ann",
        "user list --home /x",
        "user remove ann --password-file /x",
        "user add ann --read-only --drop-box",
        "serve --root /tmp",
        "serve --root /tmp --config /x --anonymous",
        "serve --user ann",
        "serve --listen 127.0.0.1:0",
        "serve --root /tmp --anonymous --limit x",
        "serve --root /tmp --anonymous --limit 0",
        "serve --root /tmp --anonymous --listen nowhere",
        "serve --root /nope --anonymous",
        "serve --root /tmp --anonymous --password-file /x",
        "serve --check --log-level loud",
        "serve --check --drain soon"
      })
  void whatCannotBeMeantIsRefusedBeforeAnythingStarts(String line) {
    Run.Result result = Run.in(folder).of(line.split(" "));

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(result.err()).startsWith("berth: ");
  }

  @Test
  void checkTellsFaultsAndStartsNothing() throws IOException {
    Path good = Files.writeString(folder.resolve("good.toml"), "[anonymous]\nhome = \"/tmp\"\n");
    Path bad = Files.writeString(folder.resolve("bad.toml"), "greting = 1\n");

    Run.Result fine = Run.in(folder).of("serve", "--check", "--config", good.toString());
    Run.Result faulty = Run.in(folder).of("serve", "--check", "--config", bad.toString());

    assertThat(fine.out()).isEqualTo("no faults\n");
    assertThat(faulty.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(faulty.err()).contains("bad.toml:1: greting is no key; did you mean greeting?");
  }

  @Test
  void reloadAsksNobodyButAServer() throws IOException {
    long mine = ProcessHandle.current().pid();
    Path own = Files.writeString(folder.resolve("own"), mine + "\n");
    Path none = Files.writeString(folder.resolve("none"), "x\n");

    assertThat(Run.in(folder).of("reload", "--pid-file", own.toString()).err())
        .contains("is no berth serve");
    assertThat(Run.in(folder).of("reload", "--pid-file", none.toString()).err())
        .contains("holds no number");
    assertThat(Run.in(folder).of("reload", "--pid-file", "/nope").status())
        .isEqualTo(ExitStatus.INCOMPLETE);
  }

  @Test
  void filesOfTheServerAreNoSettingsOfTheClient() throws IOException {
    Path etc = Files.createDirectory(folder.resolve("etc"));
    Files.writeString(etc.resolve("server.toml"), "greeting = \"x\"\n");
    Files.writeString(etc.resolve("users.toml"), "[user.ann]\n");

    Surroundings surroundings =
        Run.in(folder)
            .surroundings(new java.io.ByteArrayOutputStream(), new java.io.ByteArrayOutputStream());

    assertThat(Settings.load(surroundings).servers()).isEmpty();
  }
}
