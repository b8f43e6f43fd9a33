package dev.berth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.PeerSettings.Limit;
import dev.berth.testkit.PeerSettings.NewestTls;
import dev.berth.testkit.PeerSettings.Timeout;
import dev.berth.testkit.PeerSettings.Tls;
import dev.berth.testkit.PeerSettings.TlsReuse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(PeersOrSkip.class)
class PeersTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @ParameterizedTest
  @CsvSource({
    "VSFTPD, 421 There are too many connections from your internet address.",
    "PROFTPD, '530 Sorry, the maximum number of clients (2) from your host are already connected.'",
    "PURE_FTPD, 421 Too many connections (2) from this IP",
    "PYFTPDLIB, 421 Too many connections from the same IP address.",
    "APACHE, 421 Maximum login limit has been reached.",
  })
  void thirdConnectionOfAnAddressIsRefusedAndLogged(PeerKind kind, String refusal)
      throws IOException {
    try (Peer peer = Peers.start(kind, PeerSettings.plain().perAddress(2));
        PeerClient first = PeerClient.connect(peer.address());
        PeerClient second = PeerClient.connect(peer.address());
        PeerClient third = PeerClient.connect(peer.address())) {
      assertThat(first.logIn()).startsWith("230");
      assertThat(second.logIn()).startsWith("230");

      assertThat(third.logIn()).isEqualTo(refusal);
      assertThat(third.line()).isEqualTo("(closed)");
      Await.until(SOON, () -> "one refusal in " + log(peer), () -> peer.refusals() == 1);
    }
  }

  private static String log(Peer peer) {
    try {
      return String.join("\n", peer.log());
    } catch (IOException e) {
      return e.toString();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MaxConnectionsPerHost 2, '530 Sorry, the maximum number of connections (2) for your host are"
        + " already connected.'",
    "MaxInstances 2, (closed)",
  })
  void proftpdRefusesInsteadOfTheGreetingWhenTold(String line, String refusal) throws IOException {
    try (Peer peer = Peers.start(PeerKind.PROFTPD, PeerSettings.plain().line(line));
        PeerClient first = PeerClient.connect(peer.address());
        PeerClient second = PeerClient.connect(peer.address())) {
      assertThat(first.logIn()).startsWith("230");
      assertThat(second.logIn()).startsWith("230");

      try (PeerClient third = PeerClient.connect(peer.address())) {
        assertThat(third.line()).isEqualTo(refusal);
      }
      Await.until(SOON, () -> "one refusal in " + log(peer), () -> peer.refusals() == 1);
    }
  }

  @Test
  void pureFtpdRefusesTheThirdSessionOfAUser() throws IOException {
    PeerSettings settings = PeerSettings.plain().limit(Limit.PER_USER, 2);
    try (Peer peer = Peers.start(PeerKind.PURE_FTPD, settings);
        PeerClient first = PeerClient.connect(peer.address());
        PeerClient second = PeerClient.connect(peer.address());
        PeerClient third = PeerClient.connect(peer.address())) {
      assertThat(first.logIn()).startsWith("230");
      assertThat(second.logIn()).startsWith("230");

      assertThat(third.logIn())
          .isEqualTo("421 I can't accept more than 2 connections as the same user");
    }
  }

  @Test
  void twoPureFtpdsCountTheSessionsOfAUserEachForItself() throws IOException {
    PeerSettings settings = PeerSettings.plain().limit(Limit.PER_USER, 1);
    try (Peer one = Peers.start(PeerKind.PURE_FTPD, settings);
        Peer other = Peers.start(PeerKind.PURE_FTPD, settings);
        PeerClient first = PeerClient.connect(one.address());
        PeerClient second = PeerClient.connect(other.address())) {
      assertThat(first.logIn()).startsWith("230");
      assertThat(second.logIn()).startsWith("230");
    }
  }

  /** pyftpdlib counts its listening socket too. */
  @ParameterizedTest
  @CsvSource({"VSFTPD, 1", "PROFTPD, 1", "PURE_FTPD, 1", "PYFTPDLIB, 2", "APACHE, 1"})
  void aLimitOfOneIsFreeWhenTheServerHasStarted(PeerKind kind, int server) throws IOException {
    PeerSettings settings = PeerSettings.plain().perAddress(1).limit(Limit.SERVER, server);
    try (Peer peer = Peers.start(kind, settings);
        PeerClient only = PeerClient.connect(peer.address())) {
      assertThat(only.logIn()).startsWith("230");
    }
  }

  @ParameterizedTest
  @EnumSource(PeerKind.class)
  void closeEndsSessionsProcessesPortAndFiles(PeerKind kind) throws IOException {
    Peer peer = Peers.start(kind, PeerSettings.plain());
    Path root = peer.root();
    try (PeerClient client = PeerClient.connect(peer.address())) {
      assertThat(client.logIn()).startsWith("230");
      List<Long> processes = peer.processes();

      peer.close();
      peer.close();

      assertThat(processes).isNotEmpty();
      // The system's first process takes a moment to bury them.
      Await.until(
          SOON,
          processes + " gone",
          () -> processes.stream().noneMatch(pid -> Files.exists(Path.of("/proc/" + pid))));
      assertThat(client.line()).isEqualTo("(closed)");
      assertThat(PortBlock.isFree(peer.port())).isTrue();
      assertThat(root).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource(PeerKind.class)
  void explicitTlsIsSpokenWithTheKnownCertificate(PeerKind kind) throws Exception {
    try (Peer peer = Peers.start(kind, PeerSettings.plain().tls(Tls.EXPLICIT));
        PeerClient client = PeerClient.connect(peer.address())) {
      assertThat(client.reply()).startsWith("220");
      assertThat(client.command("AUTH TLS")).startsWith("234");

      client.startTls(peer.certificate());

      assertThat(client.logInGreeted()).startsWith("230");
      assertThat(client.tlsVersion()).isEqualTo("TLSv1.3");
    }
  }

  @ParameterizedTest
  @EnumSource(PeerKind.class)
  void tls13CanBeWithheld(PeerKind kind) throws Exception {
    PeerSettings settings = PeerSettings.plain().tls(Tls.EXPLICIT).newestTls(NewestTls.V1_2);
    try (Peer peer = Peers.start(kind, settings);
        PeerClient client = PeerClient.connect(peer.address())) {
      assertThat(client.reply()).startsWith("220");
      assertThat(client.command("AUTH TLS")).startsWith("234");

      client.startTls(peer.certificate());

      assertThat(client.tlsVersion()).isEqualTo("TLSv1.2");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD", "APACHE"})
  void implicitTlsIsSpokenFromTheFirstByte(PeerKind kind) throws Exception {
    try (Peer peer = Peers.start(kind, PeerSettings.plain().tls(Tls.IMPLICIT));
        PeerClient client = PeerClient.connect(peer.address())) {
      client.startTls(peer.certificate());

      assertThat(client.logIn()).startsWith("230");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD", "PURE_FTPD", "PYFTPDLIB"})
  void plainLoginIsRefusedWhereTlsIsRequired(PeerKind kind) throws IOException {
    try (Peer peer = Peers.start(kind, PeerSettings.plain().tls(Tls.EXPLICIT_REQUIRED));
        PeerClient client = PeerClient.connect(peer.address())) {
      assertThat(client.logIn()).matches("(421|530|550) .*");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PURE_FTPD")
  void anIdleSessionIsEndedInTheTimeToldToTheServer(PeerKind kind) throws IOException {
    PeerSettings settings = PeerSettings.plain().timeout(Timeout.IDLE, Duration.ofSeconds(1));
    try (Peer peer = Peers.start(kind, settings);
        PeerClient client = PeerClient.connect(peer.address())) {
      assertThat(client.logIn()).startsWith("230");

      assertThat(client.reply()).matches("421 .*|\\(closed\\)");
    }
  }

  @Test
  void aGivenRootIsServedAndStays(@TempDir Path root) throws IOException {
    Files.writeString(root.resolve("here.txt"), "12345");
    Peer peer = Peers.start(PeerKind.PYFTPDLIB, PeerSettings.plain().root(root));
    try (peer;
        PeerClient client = PeerClient.connect(peer.address())) {
      assertThat(client.logIn()).startsWith("230");
      assertThat(client.command("TYPE I")).startsWith("200");
      assertThat(client.command("SIZE here.txt")).isEqualTo("213 5");
    }

    assertThat(root.resolve("here.txt")).exists();
  }

  @Test
  void wantingWhatAServerCannotDoIsAMistake() {
    Peers.require(PeerKind.PURE_FTPD);
    PeerSettings settings = PeerSettings.plain().tls(Tls.EXPLICIT).tlsReuse(TlsReuse.DEMANDED);

    assertThatThrownBy(() -> Peers.start(PeerKind.PURE_FTPD, settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pure-ftpd")
        .hasMessageContaining("reuse");
  }

  @Test
  void aServerThatDoesNotStartTellsItsOwnWords() {
    Peers.require(PeerKind.VSFTPD);

    assertThatThrownBy(() -> Peers.start(PeerKind.VSFTPD, PeerSettings.plain().line("nonsense=1")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unrecognised variable in config file: nonsense");
  }
}
