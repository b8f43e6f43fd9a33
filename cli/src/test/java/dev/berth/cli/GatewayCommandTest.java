package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RawClient;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code berth gateway}: what it makes of the command line, and a whole run. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatewayCommandTest {
  private static final String LISTENING = "listening on 127.0.0.1:";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gateway --limit 3 --config /x                          | --limit goes with --upstream URL
          gateway --listen 127.0.0.1:0                           | --listen goes with --upstream URL
          gateway --tls=off --config /x                          | --tls goes with --upstream URL
          gateway --upstream ftp://h --config /x                 | --config and --upstream do not go together
          gateway --upstream h                                   | an address looks like ftp://
          gateway --upstream ftp://ann@h                         | clients say who they are
          gateway --upstream ftp://ann:topsecret@h               | clients say who they are
          gateway --upstream ftp://h/dir                         | clients say who they are
          gateway --upstream ftps://h --tls=off                  | ftps:// is always encrypted
          gateway --upstream ftp://h --limit 0                   | --limit=0: not a number from 1 to 1000
          gateway --upstream ftp://h --tls=maybe                 | --tls=maybe: neither auto, require nor off
          gateway --upstream ftp://h --listen nowhere            | --listen=nowhere: not HOST:PORT
          gateway --upstream ftp://h --check --log-level loud    | --log-level=loud: none of
          gateway --upstream ftp://h --drain soon                | --drain=soon: not a duration
          gateway --config /nope/g.toml                          | /nope/g.toml: no such file
          gateway x                                              | x' is no order
          gateway show                                           | show' is no order
          gateway show passwords                                 | show passwords' is no order
          gateway kill                                           | kill' is no order
          gateway --json                                         | --json and --pid go with show
          gateway --upstream ftp://h --admin 0.0.0.0:1           | --admin=0.0.0.0:1: others could reach it
          gateway --upstream ftp://h --admin here                | --admin=here: not HOST:PORT
          """)
  void whatCannotBeMeantIsRefusedBeforeAnythingStarts(String line, String fault) {
    Run.Result result = Run.in(folder).of(line.split(" "));

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(result.err()).startsWith("berth: ").contains(fault).doesNotContain("topsecret");
  }

  @Test
  void checkTellsFaultsAndStartsNothing() throws IOException {
    Path good =
        Files.writeString(
            folder.resolve("good.toml"), "[[upstream]]\nname = \"a\"\naddress = \"h\"\n");
    Path bad = Files.writeString(folder.resolve("bad.toml"), "[[upstream]]\nnmae = \"a\"\n");

    Run.Result fine = Run.in(folder).of("gateway", "--check", "--config", good.toString());
    Run.Result inHurry = Run.in(folder).of("gateway", "--check", "--upstream", "ftp://h:2100");
    Run.Result faulty = Run.in(folder).of("gateway", "--check", "--config", bad.toString());

    assertThat(fine.out()).isEqualTo("no faults\n");
    assertThat(inHurry.out()).isEqualTo("no faults\n");
    assertThat(faulty.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(faulty.err())
        .contains("bad.toml:2: upstream.nmae is no key; did you mean name?")
        .contains("bad.toml:1: upstream needs address");
  }

  /** What the user's settings say of the server would hold for the gateway too. */
  @Test
  void faultInSettingsOfTheClientIsToldWithAnUpstream() throws IOException {
    Path own = Files.createDirectories(Run.home(folder).resolve(".config/berth"));
    Files.writeString(own.resolve("berth.toml"), "[server.\"h\"]\nlimt = 3\n");

    Run.Result result = Run.in(folder).of("gateway", "--check", "--upstream", "ftp://h");

    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(result.err()).contains("berth.toml:2", "did you mean limit?");
  }

  @Test
  void fileOfTheGatewayIsNoneOfTheClient() throws IOException {
    Path etc = Files.createDirectory(folder.resolve("etc"));
    Files.writeString(etc.resolve("gateway.toml"), "greeting = \"x\"\n");

    Surroundings surroundings =
        Run.in(folder).surroundings(new ByteArrayOutputStream(), new ByteArrayOutputStream());

    assertThat(Settings.load(surroundings).servers()).isEmpty();
  }

  @Test
  void gatewaySaysWhereItListensGreetsAndEndsWithZeroAtATermination() throws Exception {
    Process gateway =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "gateway",
                "--upstream=ftp://127.0.0.1:1",
                "--listen=127.0.0.1:0",
                "--state-dir=" + folder.resolve("state"),
                "--pid-file=" + folder.resolve("pid"))
            .start();
    try (BufferedReader err = gateway.errorReader()) {
      String line = err.readLine();
      assertThat(line).startsWith(LISTENING);
      int port = Integer.parseInt(line.substring(LISTENING.length()));
      List<String> log = new ArrayList<>(List.of(err.readLine()));
      Path number = folder.resolve("pid");
      assertThat(number).hasContent(String.valueOf(gateway.pid()));
      assertThat(Run.in(folder).of("reload", "--pid-file", number.toString()).status())
          .isEqualTo(ExitStatus.DONE);
      try (RawClient client = RawClient.connect(new InetSocketAddress("127.0.0.1", port))) {
        client.expect("220");

        assertThat(gateway.toHandle().destroy()).isTrue();

        assertThat(client.hear()).startsWith("421").contains("going down");
      }
      err.lines().forEach(log::add);
      assertThat(gateway.waitFor()).isZero();
      assertThat(log)
          .anySatisfy(it -> assertThat(it).contains("event=started", "listeners=1", "upstreams=1"));
      assertThat(log.getLast()).contains("event=stopped drained=true");
    } finally {
      gateway.destroyForcibly();
    }
  }
}
