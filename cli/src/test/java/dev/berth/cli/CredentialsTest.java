package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  @TempDir Path folder;
  private final FakeEngine engine = FakeEngine.ending(FakeEngine.ALL_DONE);

  @BeforeEach
  void makeHome() throws IOException {
    Files.createDirectories(Run.home(folder));
  }

  private void netrc(String text, String permissions) throws IOException {
    Path file = Files.writeString(Run.home(folder).resolve(".netrc"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private Run run() {
    return Run.in(folder).with(engine);
  }

  private String login() {
    Login login = engine.jobs.getLast().server().login();
    return login.user() + " " + login.password().reveal();
  }

  @Test
  void sourcesComeInTheirOrder() throws IOException {
    netrc("machine h login ann password fromnetrc", "rw-------");
    Path file = Files.writeString(folder.resolve("pw"), "fromfile\r\nsecond line\n");

    run()
        .with("BERTH_PASSWORD", "fromenv")
        .of("get", "--password-file", file.toString(), "ftp://ann:fromurl@h/x");
    assertThat(login()).isEqualTo("ann fromfile");
    run().with("BERTH_PASSWORD", "fromenv").of("get", "ftp://ann:fromurl@h/x");
    assertThat(login()).isEqualTo("ann fromurl");
    run().with("BERTH_PASSWORD", "fromenv").of("get", "ftp://ann@h/x");
    assertThat(login()).isEqualTo("ann fromenv");
    run().typing("typed").of("get", "ftp://ann@h/x");
    assertThat(login()).isEqualTo("ann fromnetrc");
    run().typing("typed").of("get", "ftp://bob@h/x");
    assertThat(login()).isEqualTo("bob typed");
  }

  @Test
  void standardInputGivesItsFirstLine() {
    run().reading("pä ss\nrest").of("get", "--password-file=-", "ftp://ann@h/x");

    assertThat(login()).isEqualTo("ann pä ss");
  }

  @Test
  void withoutAUserTheNetrcNamesOneElseAnonymous() throws IOException {
    run().with("BERTH_PASSWORD", "real").of("get", "ftp://h/x");
    assertThat(login()).isEqualTo("anonymous anonymous@");

    netrc("machine h login ann password pw", "rw-------");
    run().of("get", "ftp://h/x");
    assertThat(login()).isEqualTo("ann pw");
    run().of("get", "ftp://other/x");
    assertThat(login()).isEqualTo("anonymous anonymous@");
  }

  @Test
  void netrcElsewhereIsFound() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), "default login ann password pw");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    run().with("NETRC", file.toString()).of("get", "ftp://h/x");

    assertThat(login()).isEqualTo("ann pw");
  }

  @Test
  void netrcThatOthersCanReadIsUsedWithAWarning() throws IOException {
    netrc("machine h login ann password pw", "rw-r--r--");

    Run.Result result = run().of("get", "ftp://ann@h/x");

    assertThat(result.status()).isEqualTo(ExitStatus.DONE);
    assertThat(result.err()).contains("chmod 600");
  }

  @Test
  void noPasswordAnywhereIsAFaultThatNamesEveryPlace() {
    Run.Result result = run().of("get", "ftp://ann@h/x");

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(result.err())
        .contains("no password for ann at h", "BERTH_PASSWORD", ".netrc", "--password-file");
    assertThat(engine.jobs).isEmpty();
  }

  @Test
  void emptyPasswordFileIsAFault() {
    Run.Result result = run().reading("\n").of("get", "--password-file", "-", "ftp://ann@h/x");

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(result.err()).contains("first line is empty");
  }

  @Test
  void passwordThatNoCommandCanHoldIsAFaultThatDoesNotShowIt() {
    Run.Result result = run().with("BERTH_PASSWORD", "top\nsecret").of("get", "ftp://ann@h/x");

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(result.err()).contains("CR, LF or NUL").doesNotContain("secret");
  }
}
