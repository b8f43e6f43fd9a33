package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Await;
import dev.berth.testkit.PeersOrSkip;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as a program before a real server, and what its operator asks of it. */
@ExtendWith(PeersOrSkip.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OperatorsTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:([0-9]+)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*\\})?"
              + " [-+]?[0-9.]+(E[-+]?[0-9]+)?");

  @TempDir Path folder;
  private Server server;
  private Berth berth;
  private Path state;
  private byte[] content;

  @BeforeEach
  void start() throws IOException {
    LimitedServer limited = LimitedServer.VSFTPD_1;
    server = Server.start(limited.kind(), limited.settings());
    content = Column.content(30_000_000);
    Files.write(server.root().resolve("large"), content);
    Files.write(server.root().resolve("small"), new byte[] {1, 2, 3});
    server.peer().own();
    berth = Berth.in(folder);
    state = folder.resolve("state");
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private Berth.Running gateway() {
    return berth.start(
        "gateway",
        "--upstream=ftp://127.0.0.1:" + server.tap().port(),
        "--limit=1",
        "--listen=127.0.0.1:0",
        "--state-dir=" + state);
  }

  /** Its port, once it listens. */
  private static int port(Berth.Running gateway) {
    Await.until(
        BOUND,
        () -> "it serves: " + gateway.said().errors(),
        () -> gateway.said().errors().contains("event=started"));
    Matcher line = LISTENING.matcher(gateway.said().errors());
    assertThat(line.find()).isTrue();
    return Integer.parseInt(line.group(1));
  }

  private static RawClient client(int port) throws IOException {
    return RawClient.loggedIn(
        new InetSocketAddress("127.0.0.1", port), Server.USER, Server.PASSWORD);
  }

  private Run order(Object... words) {
    Object[] all = new Object[words.length + 2];
    all[0] = "gateway";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--state-dir=" + state;
    return berth.run(all);
  }

  private List<Map<String, Object>> rows(String page) {
    return order("show", page, "--json").ended(0).objects();
  }

  private Map<String, Object> awaitClient(String doing) {
    Await.until(
        BOUND,
        () -> "a client that is " + doing + ": " + rows("clients"),
        () -> rows("clients").stream().anyMatch(it -> it.get("state").equals(doing)));
    return rows("clients").stream()
        .filter(it -> it.get("state").equals(doing))
        .findFirst()
        .orElseThrow();
  }

  private CompletableFuture<Path> curl(int port, String name) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            Path own = Files.createDirectory(folder.resolve("curl-" + name));
            Path local = own.resolve("got");
            new CurlGuest(new Programs(own))
                .act(
                    new Site("127.0.0.1", port, Server.USER, false, false),
                    new Deed.Get("small", local));
            return local;
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  @Test
  void whoWaitsIsShownWithPositionAndReasonAndKillEndsTheOneThatIsMeant() throws Exception {
    try (Berth.Running gateway = gateway()) {
      int port = port(gateway);
      try (RawClient holder = client(port);
          Socket data = holder.passive()) {
        holder.say("TYPE I\r\n").expect("200");
        holder.say("RETR large\r\n").expect("150");
        data.getInputStream().readNBytes(1000);
        CompletableFuture<Path> waiter = curl(port, "waiter");

        Map<String, Object> waiting = awaitClient("waiting");
        assertThat(waiting)
            .containsEntry("position", 1L)
            .containsEntry("user", Server.USER)
            .containsEntry("peer", "127.0.0.1");
        assertThat(waiting.get("why")).asString().isNotEmpty();
        Run shown = order("show", "clients").ended(0);
        assertThat(shown.out()).contains("waits as number 1 for").contains("RETR large");
        assertThat(rows("queue"))
            .singleElement()
            .satisfies(
                it -> assertThat(it).containsEntry("session", waiting.get("session")),
                it -> assertThat(it).containsEntry("position", 1L));
        Map<String, Object> holding = awaitClient("leased");

        order("kill", holding.get("session")).ended(0);

        holder.expect("426");
        assertThat(holder.hear()).startsWith("421").contains("the operator has asked for it");
        assertThat(waiter.get(30, TimeUnit.SECONDS)).hasBinaryContent(new byte[] {1, 2, 3});
      }
      assertThat(order("kill", "4711").ended(2).err()).contains("there is no session 4711");
    }
  }

  @Test
  void aPauseFailsNoJobAndAReconnectRenewsTheConnection() throws Exception {
    try (Berth.Running gateway = gateway()) {
      int port = port(gateway);
      assertThat(curl(port, "first").get(30, TimeUnit.SECONDS)).exists();
      long logins = server.tap().commands("PASS");

      order("pause").ended(0);

      assertThat(rows("upstreams"))
          .singleElement()
          .satisfies(
              it -> assertThat(it).containsEntry("state", "paused"),
              it -> assertThat(it).containsEntry("leased", 0L).containsEntry("idle", 0L));
      CompletableFuture<Path> job = curl(port, "paused");
      assertThat(awaitClient("waiting")).containsEntry("why", "paused by the operator");
      assertThat(job).isNotDone();

      order("resume").ended(0);

      assertThat(job.get(30, TimeUnit.SECONDS)).hasBinaryContent(new byte[] {1, 2, 3});
      assertThat(server.tap().commands("PASS")).isEqualTo(logins + 1);

      order("reconnect", "upstream").ended(0);

      assertThat(curl(port, "anew").get(30, TimeUnit.SECONDS)).exists();
      assertThat(server.tap().commands("PASS")).isEqualTo(logins + 2);
      assertThat(order("pause", "nobody").ended(2).err()).contains("there is no upstream nobody");
    }
  }

  @Test
  void metricsAreOfTheTextFormatAndAReloadIsHeard() throws Exception {
    try (Berth.Running gateway = gateway()) {
      int port = port(gateway);
      assertThat(curl(port, "one").get(30, TimeUnit.SECONDS)).exists();
      Matcher admin =
          Pattern.compile("event=admin-listening address=(\\S+)").matcher(gateway.said().errors());
      assertThat(admin.find()).isTrue();
      String metrics;
      try (var in = URI.create("http://" + admin.group(1) + "/metrics").toURL().openStream()) {
        metrics = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }

      assertThat(metrics.lines())
          .hasSizeGreaterThan(40)
          .allMatch(line -> line.startsWith("# ") || SAMPLE.matcher(line).matches());
      assertThat(metrics).contains("berth_upstream_logins_total{").doesNotContain(Server.USER);
      order("reload").ended(0);
      Await.until(BOUND, "it reloads", () -> gateway.said().errors().contains("event=reloaded"));
      assertThat(order("show", "stats").ended(0).out()).contains("logins at the server");
    }
  }

  @Test
  void whereNoneRunsThatIsSaid() {
    assertThat(order("show", "clients").ended(4).err()).contains("no gateway runs");
    try (Berth.Running gateway = gateway()) {
      port(gateway);
      gateway.kill();
    }
    assertThat(order("show", "clients").ended(4).err()).contains("no gateway runs", "stale");
  }

  /** One whole session; false if the system lost it before its greeting. */
  private static boolean brief(int port) throws IOException {
    try (RawClient client = RawClient.connect(new InetSocketAddress("127.0.0.1", port))) {
      String greeting;
      try {
        greeting = client.hear();
      } catch (SocketException reset) {
        return false;
      }
      assertThat(greeting).startsWith("220");
      client.say("USER " + Server.USER + "\r\n").expect("331");
      client.say("PASS " + Server.PASSWORD + "\r\n").expect("230");
      client.say("SIZE small\r\n").expect("213 3");
      client.say("QUIT\r\n").expect("221");
      return true;
    }
  }

  @Test
  void noBriefSessionFailsWhileOneGatewayTakesOverFromAnother() throws Exception {
    Path settings = folder.resolve("gateway.toml");
    Path number = folder.resolve("pid");
    settings(settings, number, 0);
    try (Berth.Running first = berth.start("gateway", "--config", settings, "--state-dir", state)) {
      int port = port(first);
      settings(settings, number, port);
      first.kill(); // Its port was only to be found out.
      try (Berth.Running old = berth.start("gateway", "--config", settings, "--state-dir", state)) {
        assertThat(port(old)).isEqualTo(port);
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        CompletableFuture<Void> clients = stream(port, isOver, done, lost);
        Await.until(BOUND, "sessions", () -> done.get() >= 5 || clients.isDone());
        try (Berth.Running next =
            berth.start("gateway", "--config", settings, "--state-dir", state)) {
          assertThat(port(next)).isEqualTo(port);
          assertThat(order("show", "clients").ended(2).err()).contains("2 gateways run");

          assertThat(old.process().toHandle().destroy()).isTrue();

          assertThat(old.await(Duration.ofSeconds(60)).exit()).isZero();
          int enough = done.get() + 5;
          Await.until(BOUND, "more", () -> done.get() >= enough || clients.isDone());
          isOver.set(true);
          clients.get(30, TimeUnit.SECONDS);
          assertThat(lost).hasValueLessThanOrEqualTo(1);
          assertThat(number).hasContent(String.valueOf(next.process().pid()));
          order("show", "clients").ended(0);
        }
      }
    }
  }

  private static CompletableFuture<Void> stream(
      int port, AtomicBoolean isOver, AtomicInteger done, AtomicInteger lost) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            while (!isOver.get() && done.get() < 5000) {
              lost.addAndGet(brief(port) ? 0 : 1);
              done.incrementAndGet();
            }
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private void settings(Path file, Path number, int port) throws IOException {
    Files.writeString(
        file,
        """
        pid-file = "%s"
        drain = "20s"
        [listener.main]
        address = "127.0.0.1:%d"
        reuse-port = true
        [limits.connections]
        server = 1000
        [[upstream]]
        name = "upstream"
        address = "127.0.0.1:%d"
        limit = 1
        """
            .formatted(number, port, server.tap().port()));
  }
}
