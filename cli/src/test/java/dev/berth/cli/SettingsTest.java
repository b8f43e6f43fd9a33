package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.DataMode;
import dev.berth.client.DataSettings;
import dev.berth.client.LoginAccount;
import dev.berth.client.Secret;
import dev.berth.client.TlsUse;
import dev.berth.client.VirtualHost;
import dev.berth.transport.LocalPorts;
import dev.berth.transport.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path folder;
  private final FakeEngine engine = FakeEngine.ending(FakeEngine.ALL_DONE);

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectories(Run.home(folder).resolve(".config/berth"));
    Files.createDirectories(folder.resolve("etc"));
  }

  private void own(String text) throws IOException {
    Files.writeString(Run.home(folder).resolve(".config/berth/berth.toml"), text);
  }

  private Run.Result get(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "get";
    System.arraycopy(more, 0, arguments, 1, more.length);
    arguments[arguments.length - 1] = "ftp://FTP.example.com:2121/x";
    return Run.in(folder).with(engine).with("BERTH_PASSWORD", "pw").of(arguments);
  }

  private Server server() {
    return engine.jobs.getLast().server();
  }

  private Terms terms() {
    return engine.jobs.getLast().terms();
  }

  @Test
  void withoutFilesTheDefaultsCount() {
    get();

    assertThat(terms().parallel()).isEqualTo(new Parallel.Auto());
    assertThat(terms().patience()).isEqualTo(Duration.ofMinutes(10));
    assertThat(terms().stateFolder()).isEqualTo(Run.home(folder).resolve(".local/state/berth"));
    assertThat(server().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(server().tlsUse()).isEqualTo(TlsUse.AUTO);
    assertThat(server().trust()).hasToString("system");
    assertThat(server().ceiling()).isEqualTo(new LimitChoice.ToLearn());
    assertThat(server().source()).isEqualTo(Source.any());
    assertThat(server().data()).isEqualTo(DataSettings.standard());
    assertThat(server().account()).isEqualTo(new LoginAccount.None());
    assertThat(server().virtualHost()).isEqualTo(new VirtualHost.Unnamed());
  }

  @Test
  void nearestWordCounts() throws IOException {
    Files.writeString(
        folder.resolve("etc/10-site.toml"),
        """
        parallel = 3
        wait = "1h30m"
        timeout = 40
        bind = "127.0.0.2"
        [server."ftp.example.com"]
        tls = "off"
        limit = 5
        """);
    Files.writeString(folder.resolve("etc/20-more.toml"), "parallel = 4\n");
    own(
        """
        tls = "auto"
        [server."FTP.Example.com:2121"]
        limit = 2
        user = "ann"
        [server."ftp.example.com:21"]
        limit = 9
        """);

    get("--timeout=50s");

    assertThat(terms().parallel()).isEqualTo(new Parallel.Files(4));
    assertThat(terms().patience()).isEqualTo(Duration.ofMinutes(90));
    assertThat(server().timeout()).isEqualTo(Duration.ofSeconds(50));
    assertThat(server().tlsUse()).isEqualTo(TlsUse.OFF);
    assertThat(server().ceiling()).isEqualTo(new LimitChoice.Known(2));
    assertThat(server().login().user()).isEqualTo("ann");
    assertThat(server().source()).isEqualTo(Source.of(InetAddress.ofLiteral("127.0.0.2")));
  }

  @Test
  void aServerMayBeToldMoreThanOthers() throws IOException {
    own(
        """
        data = "passive"
        active-ports = "50000-50100"
        [server."ftp.example.com"]
        data = "active"
        account = "green"
        virtual-host = "www.example.com"
        """);

    get();

    assertThat(server().data())
        .isEqualTo(new DataSettings(DataMode.ACTIVE, new LocalPorts.Range(50_000, 50_100)));
    assertThat(server().account()).isEqualTo(new LoginAccount.Named(new Secret("green")));
    assertThat(server().virtualHost()).isEqualTo(new VirtualHost.Named("www.example.com"));
  }

  @Test
  void everyFaultIsReportedAtOnceAndNothingStarts() throws IOException {
    Files.writeString(folder.resolve("etc/site.toml"), "parralel = 4\n");
    own(
        """
        parallel = 0
        wait = "soon"
        limit = 3
        password = "topsecret"
        timeout = true
        [server."ftp.example.com"]
        tsl = "off"
        tls = "perhaps"
        [server."ftp://x"]
        [server."FTP.example.com"]
        """);

    Run.Result result = get();

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(engine.jobs).isEmpty();
    assertThat(result.err())
        .contains("site.toml:1: parralel is no key; did you mean parallel?")
        .contains("berth.toml:1: parallel = 0: not a number from 1 to 64")
        .contains("berth.toml:2: wait = soon: not a duration")
        .contains("berth.toml:3: limit stands in the table of a server only")
        .contains("berth.toml:4: password is no key: passwords do not belong here")
        .contains("berth.toml:5: timeout is a string or a whole number")
        .contains("berth.toml:7: server.\"ftp.example.com\".tsl is no key; did you mean tls?")
        .contains("berth.toml:8: server.\"ftp.example.com\".tls = perhaps: neither auto")
        .contains("berth.toml:9: ", "is no name of a server")
        .contains("berth.toml:10: ", "stands in this file already")
        .doesNotContain("topsecret");
  }

  @Test
  void fileThatIsNoTomlIsAFaultWithItsLine() throws IOException {
    own("parallel = 4\nwait = = 3\n");

    Run.Result result = get();

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(result.err()).contains("berth.toml:2: ");
  }

  @Test
  void stateFolderIsChosenByOptionThenVariableThenXdg() {
    get("--state-dir=/somewhere");
    assertThat(terms().stateFolder()).isEqualTo(Path.of("/somewhere"));

    Run.in(folder).with(engine).with("BERTH_STATE_DIR", "/else").of("get", "ftp://h/x");
    assertThat(terms().stateFolder()).isEqualTo(Path.of("/else"));

    Run.in(folder).with(engine).with("XDG_STATE_HOME", "/xdg").of("get", "ftp://h/x");
    assertThat(terms().stateFolder()).isEqualTo(Path.of("/xdg/berth"));
  }
}
