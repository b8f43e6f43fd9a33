package dev.berth.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The port for operators, before a gateway that stands still. */
@Timeout(60)
class MonitorTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path folder;
  private final Scripted gateway = new Scripted();
  private Monitor monitor;
  private RunningGateway note;

  @BeforeEach
  void open() throws IOException {
    monitor = Monitor.open(ANY_PORT, folder, List.of("127.0.0.1:2121"), gateway);
    note = monitor.note();
  }

  @AfterEach
  void close() throws IOException {
    monitor.close();
  }

  private InetSocketAddress address() {
    String[] parts = note.address().split(":");
    return new InetSocketAddress("127.0.0.1", Integer.parseInt(parts[1]));
  }

  /** A request in literal bytes; the whole answer. */
  private String say(String... lines) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(20_000);
      socket.connect(address());
      String request = String.join("\r\n", lines) + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String authorization() {
    return "Authorization: Bearer " + note.secret();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/upstreams", "/pools", "/clients", "/queue", "/stats"})
  void pagesWantTheSecret(String page) throws IOException {
    assertThat(say("GET " + page + " HTTP/1.1", "Host: localhost")).startsWith("HTTP/1.1 401");
    assertThat(say("GET " + page + " HTTP/1.1", "Host: localhost", authorization() + "x"))
        .startsWith("HTTP/1.1 401")
        .doesNotContain("ann");
    assertThat(note.ask("GET", page).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pause", "/resume", "/reconnect", "/kill?session=7", "/reload"})
  void ordersWantTheSecretAndPost(String order) throws IOException {
    assertThat(say("POST " + order + " HTTP/1.1", "Host: localhost", "Content-Length: 0"))
        .startsWith("HTTP/1.1 401");
    assertThat(say("GET " + order + " HTTP/1.1", "Host: localhost", authorization()))
        .startsWith("HTTP/1.1 405")
        .containsIgnoringCase("Allow: POST");
    assertThat(gateway.orders).isEmpty();

    assertThat(note.ask("POST", order).status()).isBetween(200, 202);
    assertThat(gateway.orders).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/metrics"})
  void healthAndMetricsWantNone(String page) throws IOException {
    assertThat(say("GET " + page + " HTTP/1.1", "Host: 127.0.0.1:9121")).startsWith("HTTP/1.1 200");
  }

  /** A page in a browser that has had its own name lead here would send that name. */
  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.1@e"})
  void whatIsAddressedToAnotherNameIsNotAnswered(String host) throws IOException {
    assertThat(say("GET /health HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 403");
    assertThat(say("GET /clients HTTP/1.1", "Host: " + host, authorization()))
        .startsWith("HTTP/1.1 403")
        .doesNotContain("ann");
  }

  @Test
  void clientsAreToldWithTheirTurnsAndWhatSteersATerminalIsEscaped() throws IOException {
    String json = note.ask("GET", "/clients").body();

    assertThat(json).contains("\"command\":\"RETR a\\u001Bb\"").doesNotContain("\u001b");
    List<Pages.Client> clients = Pages.readList(Pages.Client.class, json);
    assertThat(clients).extracting(Pages.Client::state).containsExactly("leased", "waiting");
    assertThat(clients.get(1))
        .isEqualTo(
            new Pages.Client(
                8,
                "192.0.2.7",
                "ann",
                "acme",
                "2026-11-23T10:00:00Z",
                "waiting",
                "2026-11-23T10:00:00Z",
                40.0,
                "STOR \"x\"",
                1,
                "all places are taken",
                false,
                0,
                0));
  }

  @Test
  void queueUpstreamsPoolsAndStatsAreTold() throws IOException {
    assertThat(Pages.readList(Pages.Turn.class, note.ask("GET", "/queue").body()))
        .extracting(Pages.Turn::position, Pages.Turn::session, Pages.Turn::purpose)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, 8L, "command"),
            org.assertj.core.groups.Tuple.tuple(2, null, "login"));
    assertThat(Pages.readList(Pages.Upstream.class, note.ask("GET", "/upstreams").body()))
        .extracting(Pages.Upstream::state, Pages.Upstream::open, Pages.Upstream::evidence)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("opensLater", 2, "counted"),
            org.assertj.core.groups.Tuple.tuple("paused", 0, "seed"));
    assertThat(Pages.readList(Pages.Pool.class, note.ask("GET", "/pools").body()))
        .containsExactly(new Pages.Pool("acme", "ann", 1, 0, 0, 0, 0, 0, 2));
    Pages.Stats stats = Pages.read(Pages.Stats.class, note.ask("GET", "/stats").body());
    assertThat(stats.turnedAway()).isEqualTo(12);
    assertThat(stats.upSeconds()).isEqualTo(3600.0);
    assertThat(stats.upstreams().getFirst().waitedSeconds()).isEqualTo(1.5);
  }

  @Test
  void ordersReachTheUpstreamThatIsNamedOrAll() throws IOException {
    note.ask("POST", "/pause?upstream=ACME");
    note.ask("POST", "/resume");
    note.ask("POST", "/kill?session=session-7");
    note.ask("POST", "/reload");

    assertThat(gateway.orders)
        .containsExactly("pause acme", "resume acme", "resume other", "kill 7", "reload");
  }

  @Test
  void whatCannotBeMeantIsToldAndDoesNothing() throws IOException {
    assertThat(note.ask("POST", "/pause?upstream=nobody"))
        .satisfies(
            it -> assertThat(it.status()).isEqualTo(404),
            it -> assertThat(it.body()).contains("there is no upstream nobody; there is acme"));
    assertThat(note.ask("POST", "/pause?all=1").status()).isEqualTo(400);
    assertThat(note.ask("POST", "/kill").status()).isEqualTo(400);
    assertThat(note.ask("POST", "/kill?session=x").status()).isEqualTo(400);
    assertThat(note.ask("GET", "/passwords").status()).isEqualTo(404);
    assertThat(gateway.orders).isEmpty();
    assertThat(note.ask("POST", "/kill?session=9").status()).isEqualTo(404);
  }

  @Test
  void theNoteIsForItsOwnerAloneAndGoneAtTheEnd() throws IOException {
    Path file = folder.resolve("gateways/" + ProcessHandle.current().pid() + ".json");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(RunningGateway.find(folder).running()).containsExactly(note);
    assertThat(note.toString()).doesNotContain(note.secret());

    monitor.close();

    assertThat(file).doesNotExist();
    assertThat(RunningGateway.find(folder).running()).isEmpty();
    open();
  }

  /** Its number may be another program's by now. */
  @Test
  void theNoteOfAKilledOneIsStale() throws IOException {
    Path file = folder.resolve("gateways/4711.json");
    Files.writeString(
        file,
        Pages.json(
            RunningGateway.class,
            new RunningGateway(
                ProcessHandle.current().pid(),
                "2001-01-01T00:00:00Z",
                note.address(),
                "x",
                List.of())));

    assertThat(RunningGateway.find(folder).stale()).containsExactly(file);
    assertThat(RunningGateway.find(folder).running()).containsExactly(note);
  }

  @Test
  void othersCannotBeLetIn() {
    assertThatThrownBy(
            () -> Monitor.open(new InetSocketAddress("0.0.0.0", 0), folder, List.of(), gateway))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no address of this host alone");
  }

  /** Those that never end their request hold up nobody, and are dropped. */
  @Test
  void scrapersThatGetStuckHoldNothing() throws Exception {
    List<Socket> stuck = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket socket = new Socket();
        socket.connect(address());
        socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: loc".getBytes("US-ASCII"));
        stuck.add(socket);
      }

      assertThat(note.ask("GET", "/health").status()).isEqualTo(200);
      assertThat(note.ask("POST", "/pause?upstream=acme").status()).isEqualTo(200);
      Socket first = stuck.getFirst();
      first.setSoTimeout(1000);
      Await.until(Duration.ofSeconds(40), "the stuck one is dropped", () -> isEnded(first));
    } finally {
      for (Socket socket : stuck) {
        socket.close();
      }
    }
  }

  private static boolean isEnded(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }
}
