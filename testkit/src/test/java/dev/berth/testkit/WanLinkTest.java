package dev.berth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PeersOrSkip.class)
class WanLinkTest {
  private static final Duration ROUND_TRIP = Duration.ofMillis(40);
  private static final WanLink.Line LINE = WanLink.Line.ofMegabits(ROUND_TRIP, 100);

  @TempDir Path folder;

  @Test
  void aGreetingTakesTwoRoundTripsAndAnAnswerOne() throws IOException {
    Script script = it -> it.say("220 hi\r\n").expect("NOOP").say("200 yes\r\n").close();
    try (ScriptedServer server = ScriptedServer.start(List.of(script));
        WanLink link = WanLink.start(server.address(), LINE)) {
      long start = System.nanoTime();
      try (PeerClient client = PeerClient.connect(link.address())) {
        assertThat(client.line()).isEqualTo("220 hi");
        long greeted = System.nanoTime();
        assertThat(client.command("NOOP")).isEqualTo("200 yes");
        long answered = System.nanoTime();
        assertThat(client.line()).isEqualTo("(closed)");

        assertThat(greeted - start).isGreaterThanOrEqualTo(2 * ROUND_TRIP.toNanos());
        assertThat(answered - greeted).isGreaterThanOrEqualTo(ROUND_TRIP.toNanos());
      }
    }
  }

  /** What is said before the handshake could be over goes with its third packet, not after it. */
  @Test
  void whatAClientSaysAtOnceIsAnsweredAfterTwoRoundTripsToo() throws IOException {
    Duration trip = Duration.ofSeconds(1);
    Script script = it -> it.expect("NOOP").say("200 yes\r\n").close();
    try (ScriptedServer server = ScriptedServer.start(List.of(script));
        WanLink link = WanLink.start(server.address(), WanLink.Line.ofMegabits(trip, 100))) {
      long start = System.nanoTime();
      try (PeerClient client = PeerClient.connect(link.address())) {
        assertThat(client.command("NOOP")).isEqualTo("200 yes");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(trip.multipliedBy(2), trip.multipliedBy(11).dividedBy(4));
    }
  }

  /** Not right behind the greeting: a reset may overtake what was said before it. */
  @Test
  void aResetComesThrough() throws IOException {
    Script script = it -> it.say("220 hi\r\n").expect("NOOP").reset();
    try (ScriptedServer server = ScriptedServer.start(List.of(script));
        WanLink link = WanLink.start(server.address(), LINE);
        PeerClient client = PeerClient.connect(link.address())) {
      assertThat(client.line()).isEqualTo("220 hi");
      assertThatThrownBy(() -> client.command("NOOP")).isInstanceOf(SocketException.class);
    }
  }

  /** Three round trips a file at least: PASV or EPSV; connecting; RETR. curl asks SIZE before. */
  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD", "PURE_FTPD"})
  void smallFilesCostRoundTrips(PeerKind kind) throws IOException, InterruptedException {
    int files = 10;
    try (Peer peer = Peers.start(kind, PeerSettings.plain());
        WanLink link = WanLink.start(peer.address(), LINE)) {
      peer.fill(FileTree.of(1, new FileTree.Shape(1, files, 1000)));

      Duration took = curl(link.address(), "folder-00/file-[000-009].dat", "file-#1.dat");

      FileTree.assertSame(peer.root().resolve("folder-00"), folder);
      double trips = (double) took.toNanos() / ROUND_TRIP.toNanos() / files;
      System.out.printf("%s: curl, %.1f round trips a file%n", kind, trips);
      assertThat(trips).isBetween(3.0, 20.0);
    }
  }

  /** The link is full, whoever sends, with slow start and all. */
  @ParameterizedTest
  @ValueSource(strings = {"--disable-epsv", "--ftp-pasv"})
  void bytesTakeTheTimeOfTheLink(String way) throws IOException, InterruptedException {
    int bytes = 5_000_000;
    try (Peer peer = Peers.start(PeerKind.VSFTPD, PeerSettings.plain());
        WanLink link = WanLink.start(peer.address(), LINE)) {
      FileTree large = FileTree.of(1, new FileTree.Shape(0, 0, 0)).with("large", bytes);
      peer.fill(large);

      Duration took = curl(link.address(), "large", "large", way);

      FileTree.assertSame(peer.root(), folder);
      Duration alone = Duration.ofNanos(bytes * 1_000_000_000L / LINE.bytesPerSecond());
      System.out.printf("%s: %d bytes in %s, alone %s%n", way, bytes, took, alone);
      assertThat(took).isBetween(alone.plus(ROUND_TRIP.multipliedBy(8)), alone.multipliedBy(20));
    }
  }

  private Duration curl(InetSocketAddress server, String from, String to, String... options)
      throws IOException, InterruptedException {
    String login = Account.USER + ":" + Account.PASSWORD;
    String url = "ftp://%s@127.0.0.1:%d/%s".formatted(login, server.getPort(), from);
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "60"));
    command.addAll(List.of(options));
    command.addAll(List.of("-o", folder.resolve(to).toString(), url));
    long start = System.nanoTime();
    Process curl =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(curl.waitFor()).isZero();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void nobodyBehindTheLineShowsAsAReset() throws IOException {
    InetSocketAddress nobody;
    try (ServerSocket closed = new ServerSocket(0)) {
      nobody = new InetSocketAddress("127.0.0.1", closed.getLocalPort());
    }
    try (WanLink link = WanLink.start(nobody, LINE);
        PeerClient client = PeerClient.connect(link.address())) {
      assertThatThrownBy(client::line).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aPortIsReplacedInWhateverPiecesItsReplyComes() {
    PassivePorts ports = new PassivePorts(port -> port + 1);
    String replies =
        "220-229 is (|||1|)\r\n229 Ok (|||255|) x\r\n227 Now (127,0,0,1,4,255).\r\n"
            + "227 =127,0,0,1,0,9\r\n229-(|||2|)\r\n";
    StringBuilder changed = new StringBuilder();
    for (byte octet : replies.getBytes(StandardCharsets.ISO_8859_1)) {
      changed.append(new String(ports.apply(new byte[] {octet}), StandardCharsets.ISO_8859_1));
    }
    assertThat(changed.toString())
        .isEqualTo(
            "220-229 is (|||1|)\r\n229 Ok (|||256|) x\r\n227 Now (127,0,0,1,5,0).\r\n"
                + "227 =127,0,0,1,0,10\r\n229-(|||2|)\r\n");
  }
}
