package dev.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FaultTest {
  private static final byte[] CONTENT = new byte[100_000];

  private static Simulator start(Fault... faults) throws IOException {
    SimulatorSettings settings = SimulatorSettings.as(Mask.named("vsftpd").orElseThrow());
    for (Fault fault : faults) {
      settings = settings.with(fault);
    }
    Simulator simulator = Simulator.start(settings);
    Files.write(simulator.root().resolve("file"), CONTENT);
    return simulator;
  }

  private static RawClient loggedIn(Simulator simulator) throws IOException {
    RawClient client =
        RawClient.loggedIn(simulator.address(), simulator.user(), simulator.password());
    client.ask("TYPE I");
    return client;
  }

  private static String greeting(Simulator simulator) throws IOException {
    try (RawClient client = RawClient.connect(simulator.address())) {
      return client.hear();
    }
  }

  @Test
  void ghostKeepsItsPlaceForItsTime() throws Exception {
    try (Simulator simulator =
        start(Fault.LimitPerAddress.of(1), new Fault.Ghosts(Duration.ofMillis(700)))) {
      try (RawClient client = loggedIn(simulator)) {
        client.ask("QUIT");
        assertThat(client.isEnded()).isTrue();
      }

      assertThat(greeting(simulator)).startsWith("421");
      Await.until(
          Duration.ofSeconds(10),
          () -> "ghosts: " + simulator.sessions(),
          () -> simulator.sessions() == 0);
      assertThat(greeting(simulator)).startsWith("220");
    }
  }

  @Test
  void limitChangesByTime() throws Exception {
    try (Simulator simulator = start(Fault.limits("2 for 400ms, then 1"));
        RawClient first = loggedIn(simulator);
        RawClient second = loggedIn(simulator)) {
      second.ask("QUIT");
      assertThat(second.isEnded()).isTrue();

      Await.until(
          Duration.ofSeconds(10),
          () -> "the limit of two still holds",
          () -> greeting(simulator).startsWith("421"));
      assertThat(first.ask("NOOP")).startsWith("200");
    }
  }

  @Test
  void limitInAllIsToldInItsOwnWords() throws Exception {
    try (Simulator simulator = start(new Fault.LimitInAll(1));
        RawClient first = loggedIn(simulator)) {
      assertThat(greeting(simulator))
          .isEqualTo("421 There are too many connected users, please try later.");
      assertThat(first.ask("NOOP")).startsWith("200");
    }
  }

  @Test
  void dataConnectionIsCutAfterItsBytesAndTheNextOneGoesOn() throws Exception {
    try (Simulator simulator = start(new Fault.CutData(60_000));
        RawClient client = loggedIn(simulator)) {
      int got = retrieve(client, 0);
      assertThat(got).isLessThanOrEqualTo(60_000);
      assertThat(client.hear()).isEqualTo("426 Failure writing network stream.");

      client.ask("REST 60000");
      assertThat(retrieve(client, 0)).isEqualTo(40_000);
      assertThat(client.hear()).startsWith("226");
    }
  }

  /** How many bytes come, whether or not a reset ends them. */
  private static int retrieve(RawClient client, int already) throws IOException {
    int got = already;
    try (Socket data = client.passive()) {
      assertThat(client.ask("RETR file")).startsWith("150");
      InputStream in = data.getInputStream();
      byte[] buffer = new byte[8192];
      int count = in.read(buffer);
      while (count >= 0) {
        got += count;
        count = in.read(buffer);
      }
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return got;
  }

  @Test
  void uploadIsCutToo() throws Exception {
    try (Simulator simulator = start(new Fault.CutData(1_000));
        RawClient client = loggedIn(simulator)) {
      try (Socket data = client.passive()) {
        assertThat(client.ask("STOR up")).startsWith("150");
        data.getOutputStream().write(new byte[5_000]);
        assertThat(client.hear()).isEqualTo("426 Failure reading network stream.");
      }
      assertThat(simulator.root().resolve("up")).doesNotExist();
    }
  }

  @Test
  void controlConnectionIsCutAfterItsBytes() throws Exception {
    try (Simulator simulator = start(new Fault.CutControl(200));
        RawClient client = RawClient.connect(simulator.address())) {
      client.expect("220");

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 30; i++) {
                  client.ask("USER test");
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(greeting(simulator)).startsWith("220");
    }
  }

  @Test
  void repliesThatTheMaskHasNoWordsForCountToo() throws Exception {
    SimulatorSettings settings =
        SimulatorSettings.as(Mask.named("sftpgo").orElseThrow()).with(new Fault.CutControl(600));
    try (Simulator simulator = Simulator.start(settings);
        RawClient client = RawClient.loggedIn(simulator.address(), "test", "secret")) {
      Files.write(simulator.root().resolve("file"), CONTENT);
      client.ask("TYPE I");

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  assertThat(client.ask("MLST file")).startsWith("250");
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void transferStandsStillAndGoesOn() throws Exception {
    Duration time = Duration.ofMillis(400);
    try (Simulator simulator = start(new Fault.Stall(10_000, time));
        RawClient client = loggedIn(simulator)) {
      long began = System.nanoTime();
      assertThat(retrieve(client, 0)).isEqualTo(CONTENT.length);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(time);
      assertThat(client.hear()).startsWith("226");
    }
  }

  @Test
  void greetingComesLate() throws Exception {
    Duration time = Duration.ofMillis(400);
    try (Simulator simulator = start(new Fault.SlowAccept(time))) {
      long began = System.nanoTime();
      assertThat(greeting(simulator)).startsWith("220");

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(time);
    }
  }

  @Test
  void everyReplyIsAReset() throws Exception {
    try (Simulator simulator = start(new Fault.Resets(1, 1));
        RawClient client = RawClient.connect(simulator.address())) {
      client.expect("220");
      client.say("USER test\r\n");

      assertThat(MaskTest.isReset(client)).isTrue();
    }
  }

  @Test
  void sizeIsWrongAndTheContentIsNot() throws Exception {
    try (Simulator simulator = start(new Fault.WrongSize(-1));
        RawClient client = loggedIn(simulator)) {
      assertThat(client.ask("SIZE file")).isEqualTo("213 99999");
      assertThat(retrieve(client, 0)).isEqualTo(CONTENT.length);
    }
  }

  @Test
  void lastOfEachSoManyBytesIsWrong() throws Exception {
    try (Simulator simulator = start(new Fault.Corrupt(40_000));
        RawClient client = loggedIn(simulator)) {
      byte[] got = client.receive("RETR file");

      byte[] expected = CONTENT.clone();
      expected[39_999] = 1;
      expected[79_999] = 1;
      assertThat(got).isEqualTo(expected);
    }
  }

  @Test
  void filesOfItsOwnAreDeletedAndThoseOfOthersStay(@TempDir Path folder) throws Exception {
    Path own;
    try (Simulator simulator = start()) {
      own = simulator.root();
      assertThat(own.resolve("file")).exists();
    }
    assertThat(own).doesNotExist();

    Files.writeString(folder.resolve("mine"), "x");
    Simulator.start(SimulatorSettings.as(Mask.named("iis").orElseThrow()).root(folder)).close();
    assertThat(folder.resolve("mine")).exists();
  }

  @Test
  void simulatorThatIsClosedLeavesAStallAtOnce() throws Exception {
    Simulator simulator = start(new Fault.Stall(0, Duration.ofHours(1)));
    try (RawClient client = loggedIn(simulator);
        Socket data = client.passive()) {
      assertThat(client.ask("RETR file")).startsWith("150");

      long began = System.nanoTime();
      simulator.close();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
      assertThat(data.isConnected()).isTrue();
    }
  }

  @Test
  void faultsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> Fault.limits("two")).hasMessageContaining("two");
    assertThatThrownBy(() -> Fault.limits("0")).hasMessageContaining("more than zero");
    assertThatThrownBy(() -> new Fault.Resets(2, 0)).hasMessageContaining("2.0");
    assertThatThrownBy(() -> start(Fault.LimitPerAddress.of(1), Fault.LimitPerAddress.of(2)))
        .hasMessageContaining("two faults of one kind");
    assertThat(Fault.limits("2 for 10s, then 1 for 1m, 4").steps())
        .extracting(Fault.LimitPerAddress.Step::most)
        .containsExactly(2, 1, 4);
  }
}
