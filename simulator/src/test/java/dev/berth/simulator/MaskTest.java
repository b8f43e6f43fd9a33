package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.dialects.Observation;
import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.RefusalReader;
import dev.berth.dialects.ServerDialect;
import dev.berth.session.Manner;
import dev.berth.testkit.RawClient;
import dev.berth.wire.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class MaskTest {
  static List<Mask> masks() {
    return Mask.all();
  }

  private static Simulator start(String mask, Fault... faults) throws IOException {
    SimulatorSettings settings = SimulatorSettings.as(Mask.named(mask).orElseThrow());
    for (Fault fault : faults) {
      settings = settings.with(fault);
    }
    return Simulator.start(settings);
  }

  private static RawClient loggedIn(Simulator simulator) throws IOException {
    return RawClient.loggedIn(simulator.address(), simulator.user(), simulator.password());
  }

  private static Reply reply(String heard) {
    List<String> lines = heard.lines().toList();
    String code = heard.substring(0, 3);
    return new Reply(
        Integer.parseInt(code),
        lines.stream()
            .map(line -> line.matches(code + "[ -].*") ? line.substring(4) : line)
            .toList());
  }

  @ParameterizedTest
  @MethodSource("masks")
  void clientsTakeItForTheServerItIsNot(Mask mask) throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorSettings.as(mask));
        RawClient client = RawClient.connect(simulator.address())) {
      String greeting = client.hear();
      client.logIn(simulator.user(), simulator.password());
      String system = client.ask("SYST");
      String features = client.ask("FEAT");

      assertThat(
              ServerDialect.of(reply(greeting))
                  .withSystem(reply(system))
                  .withFeatures(reply(features))
                  .software())
          .isEqualTo(mask.software());
      assertThat(client.ask("QUIT")).startsWith("221");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("masks")
  void filesGoThroughTheMaskUnchanged(Mask mask) throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorSettings.as(mask));
        RawClient client = loggedIn(simulator)) {
      Files.writeString(simulator.root().resolve("file"), "0123456789");
      client.ask("TYPE I");

      try (Socket data = client.passive()) {
        assertThat(client.ask("RETR file")).startsWith("1");
        assertThat(data.getInputStream().readAllBytes()).asString().isEqualTo("0123456789");
        assertThat(client.hear()).startsWith("226");
      }
      assertThat(client.ask("SIZE file")).isEqualTo("213 10");
      try (Socket data = client.passive()) {
        assertThat(client.ask("STOR up")).startsWith("1");
        data.getOutputStream().write(new byte[5]);
        data.shutdownOutput();
        assertThat(client.hear()).startsWith("226");
      }
      assertThat(simulator.root().resolve("up")).hasSize(5);
    }
  }

  @ParameterizedTest
  @MethodSource("masks")
  void nothingOfOursIsSaid(Mask mask) {
    assertThat(
            Stream.of(
                    "USER 331",
                    "PASS 230",
                    "PASS 530",
                    "PASS 421",
                    "PASS 503",
                    "QUIT 221",
                    "FEAT 211",
                    "SYST 215",
                    "NOOP 200",
                    "PWD 257",
                    "TYPE 200",
                    "MODE 200",
                    "STRU 200",
                    "CWD 250",
                    "CWD 550",
                    "CDUP 250",
                    "MKD 257",
                    "MKD 550",
                    "RMD 250",
                    "RMD 550",
                    "DELE 250",
                    "DELE 550",
                    "RNFR 350",
                    "RNFR 550",
                    "RNTO 250",
                    "RNTO 503",
                    "RNTO 553",
                    "SIZE 213",
                    "SIZE 550",
                    "MDTM 213",
                    "REST 350",
                    "REST 501",
                    "RETR 150",
                    "RETR 226",
                    "RETR 550",
                    "RETR 425",
                    "RETR 426",
                    "RETR 451",
                    "STOR 150",
                    "STOR 226",
                    "STOR 553",
                    "STOR 426",
                    "LIST 150",
                    "LIST 226",
                    "LIST 550",
                    "NLST 150",
                    "NLST 226",
                    "PASV 227",
                    "EPSV 229",
                    "PORT 200",
                    "EPRT 200",
                    "XYZZY 500",
                    "OPTS 200",
                    "XPWD 257",
                    "XMKD 257")
                .filter(key -> {
                  String[] parts = key.split(" ", -1);
                  return mask.file().served(parts[0], Integer.parseInt(parts[1]), "").isEmpty();
                }))
        .isEmpty();
    assertThat(mask.file().on("greeting")).isPresent();
    assertThat(mask.file().on("login")).isPresent();
    assertThat(mask.file().on("full", "address")).isPresent();
    assertThat(mask.file().on("full", "server")).isPresent();
    assertThat(mask.file().on("ends", "idle")).isPresent();
    assertThat(mask.source()).isNotBlank();
  }

  /** The texts as facts of these servers have them; the first two columns are where they come. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vsftpd    | GREETING | 421 There are too many connections from your internet address.
          proftpd   | PASS     | 530 Sorry, the maximum number of clients (2) from your host are already connected.
          pure-ftpd | GREETING | 421 Too many connections (2) from this IP
          pyftpdlib | GREETING | 421 Too many connections from the same IP address.
          apache    | USER     | 421 Maximum login limit has been reached.
          filezilla | PASS     | 421 Refusing connection. No more connections allowed from your IP.
          iis       | GREETING | 421 Maximum number of clients reached
          serv-u    | PASS     | 530 Not logged in, only one session from same IP allowed at a time.
          sftpgo    | PASS     | 530 Authentication error: too many open sessions: 2
          """)
  void thirdOfAnAddressIsRefusedAsByThatServer(String mask, Phase phase, String text)
      throws Exception {
    try (Simulator simulator = start(mask, Fault.LimitPerAddress.of(2));
        RawClient first = loggedIn(simulator);
        RawClient second = loggedIn(simulator);
        RawClient third = RawClient.connect(simulator.address())) {
      String heard = third.hear();
      if (phase != Phase.GREETING) {
        assertThat(heard).startsWith("220");
        heard = third.ask("USER " + simulator.user());
      }
      if (phase == Phase.PASS) {
        assertThat(heard).startsWith("331");
        heard = third.ask("PASS " + simulator.password());
      }

      assertThat(heard).isEqualTo(text);
      assertThat(third.isEnded()).isTrue();
      assertThat(new RefusalReader().read(Observation.of(phase, reply(heard), true)))
          .get()
          .isInstanceOf(Refusal.Limit.class);
      assertThat(first.ask("NOOP")).startsWith("200");
      second.ask("QUIT");
      assertThat(second.isEnded()).isTrue();
      loggedIn(simulator).close();
    }
  }

  @Test
  void whoeverIsNotLoggedInCountsOnlyWhereThatServerCountsIt() throws Exception {
    try (Simulator proftpd = start("proftpd", Fault.LimitPerAddress.of(1));
        RawClient idle = RawClient.connect(proftpd.address());
        RawClient other = loggedIn(proftpd)) {
      assertThat(idle.hear()).startsWith("220");
      assertThat(other.ask("NOOP")).startsWith("200");
    }
    try (Simulator vsftpd = start("vsftpd", Fault.LimitPerAddress.of(1));
        RawClient idle = RawClient.connect(vsftpd.address())) {
      idle.expect("220");
      try (RawClient other = RawClient.connect(vsftpd.address())) {
        assertThat(other.hear()).startsWith("421");
      }
    }
  }

  @Test
  void idleSessionIsEndedByApacheWithoutAWord() throws Exception {
    try (Simulator apache = start("apache", new Fault.IdleTimeout(Duration.ofMillis(300)));
        RawClient client = loggedIn(apache)) {
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void idleSessionIsEndedByTheOthersInTheirWords() throws Exception {
    try (Simulator proftpd = start("proftpd", new Fault.IdleTimeout(Duration.ofSeconds(1)));
        RawClient client = loggedIn(proftpd)) {
      assertThat(client.hear())
          .isEqualTo("421 Idle timeout (1 seconds): closing control connection");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void vsftpdHasNoMlsd() throws Exception {
    try (Simulator vsftpd = start("vsftpd");
        RawClient client = loggedIn(vsftpd)) {
      assertThat(client.ask("MLSD")).isEqualTo("500 Unknown command.");
      assertThat(client.ask("FEAT")).doesNotContain("MLST");
    }
  }

  @Test
  void pyftpdlibAnswersWhatIsSentAheadBeforeTheTransferIsOver() throws Exception {
    assertThat(afterRetr("pyftpdlib", "EPSV")).startsWith("229");
  }

  @Test
  void pureFtpdKnowsNoCommandDuringATransfer() throws Exception {
    assertThat(afterRetr("pure-ftpd", "NOOP")).isEqualTo("500 Unknown command");
  }

  @Test
  void vsftpdKeepsWhatIsSentAheadForLater() throws Exception {
    assertThat(afterRetr("vsftpd", "NOOP")).isEqualTo("226 Transfer complete.");
  }

  /** What is heard next to the 150. */
  private static String afterRetr(String mask, String command) throws IOException {
    try (Simulator simulator = start(mask);
        RawClient client = loggedIn(simulator)) {
      Files.write(simulator.root().resolve("file"), new byte[10]);
      try (Socket data = client.passive()) {
        client.say("RETR file\r\n" + command + "\r\n");
        assertThat(client.hear()).startsWith("1");
        data.getInputStream().readAllBytes();
        return client.hear();
      }
    }
  }

  @Test
  void maskThatIsNoneIsNotFound() {
    assertThat(Mask.named("nonesuch")).isEmpty();
  }

  @Test
  void maskFileThatCannotBeReadIsRefusedWithItsLine() {
    assertThatThrownBy(() -> MaskFile.read("test", "@a b\nwhat is this?\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("test.mask line 2");
    assertThatThrownBy(() -> MaskFile.read("test", "greeting\n  220 {nonesuch}\n"))
        .hasMessageContaining("{nonesuch}");
  }

  @Test
  void maskSaysHowItsServerTreatsCommandsAhead() {
    assertThat(Mask.named("pyftpdlib").orElseThrow().early()).isEqualTo(Manner.Early.SERVED);
  }

  static boolean isReset(RawClient client) throws IOException {
    try {
      client.line();
      return false;
    } catch (SocketException e) {
      return true;
    } catch (EOFException e) {
      return false;
    }
  }
}
