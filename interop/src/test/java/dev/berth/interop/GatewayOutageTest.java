package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.ConnectSettings;
import dev.berth.client.TlsUse;
import dev.berth.gateway.GatewaySettings;
import dev.berth.gateway.UpstreamSettings;
import dev.berth.limits.LimitSettings;
import dev.berth.testkit.Await;
import dev.berth.testkit.CommandTable;
import dev.berth.testkit.Conversation;
import dev.berth.testkit.Peer;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.Peers;
import dev.berth.testkit.PeersOrSkip;
import dev.berth.testkit.RawClient;
import dev.berth.testkit.ScriptedServer;
import dev.berth.testkit.TapSettings;
import dev.berth.testkit.WireTap;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that dies, comes back smaller or larger, hangs, or shuts the gateway out for a time:
 * what clients hear of that, and how little the server hears of the clients.
 */
@ExtendWith(PeersOrSkip.class)
@LongRun.Only
@Timeout(120)
final class GatewayOutageTest {
  private static final int CLIENTS = 20;
  private static final int LIMIT = 3; // One of them is not for transfers of files.
  private static final Duration BOUND = Duration.ofSeconds(40);
  private static final Duration WAIT = Duration.ofSeconds(3);

  /** So long nobody tries again after a refusal: each pause is three times the one before. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofSeconds(18));

  private static final byte[] LARGE = Column.content(64 << 20);
  private static final byte[] SMALL = Column.content(100_000);

  @TempDir Path folder;

  /** How a server shuts out whoever comes. */
  private enum ShutOut {
    WITHOUT_A_WORD(""),
    TOO_MANY("421 There are too many connections from your internet address.\r\n"),
    NOT_NOW("421 Service not available, closing control connection.\r\n");

    private final String words;

    ShutOut(String words) {
      this.words = words;
    }
  }

  private static OurGateway gateway(int port, LimitSettings limits, Duration wait)
      throws IOException {
    ConnectSettings connect =
        new ConnectSettings(
            "127.0.0.1",
            port,
            TlsUse.OFF,
            Tls.of(Trust.system(), "127.0.0.1"),
            Source.any(),
            Duration.ofSeconds(1));
    return OurGateway.start(
        new GatewaySettings(
            List.of(UpstreamSettings.usual("acme", connect, limits)),
            new GatewaySettings.Usual.Upstream("acme"),
            wait,
            wait,
            GatewaySettings.LOGIN_MEMORY));
  }

  private Server start(int port, int limit) throws IOException {
    Path root = folder.resolve("root");
    if (!Files.exists(root)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      Files.createDirectory(root);
      Files.write(root.resolve("large"), LARGE);
      Files.write(root.resolve("small"), SMALL);
    }
    Peer peer = Peers.start(PeerKind.VSFTPD, PeerSettings.plain().perAddress(limit).root(root));
    peer.own();
    return new Server(peer, WireTap.startAt(port, TapSettings.to(peer.address())));
  }

  /** Clients that are logged in. */
  private static final class Crowd implements AutoCloseable {
    private final List<RawClient> clients = new ArrayList<>();

    Crowd(OurGateway gateway, int size) throws IOException {
      for (int i = 0; i < size; i++) {
        clients.add(gateway.client());
        clients.get(i).say("TYPE I\r\n").expect("200");
      }
    }

    List<CompletableFuture<Fetched>> fetch(String name) {
      return clients.stream().map(client -> begun(() -> Fetched.by(client, name))).toList();
    }

    List<CompletableFuture<String>> ask(String command) {
      return clients.stream().map(client -> begun(() -> client.ask(command))).toList();
    }

    @Override
    public void close() throws IOException {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static <T> CompletableFuture<T> begun(Callable<T> act) {
    CompletableFuture<T> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            end.complete(act.call());
          } catch (Exception | AssertionError e) {
            end.completeExceptionally(e);
          }
        });
    return end;
  }

  private static <T> List<T> ended(List<CompletableFuture<T>> all) throws Exception {
    List<T> results = new ArrayList<>();
    for (CompletableFuture<T> one : all) {
      results.add(one.get(BOUND.toSeconds(), TimeUnit.SECONDS));
    }
    return results;
  }

  @SideBySide
  @Test
  void whoIsInATransferIsToldThatItIsCutAndWhoWaitsIsServedWhenTheServerIsBack() throws Exception {
    Server first = start(0, LIMIT);
    int port = first.tap().port();
    try (OurGateway gateway =
            gateway(
                port,
                LimitSettings.standard().withConfigured(LIMIT),
                GatewaySettings.TRANSFER_WAIT);
        Crowd crowd = new Crowd(gateway, CLIENTS);
        RawClient down = gateway.client();
        RawClient up = gateway.client();
        Socket coming = down.passive();
        Socket going = up.passive()) {
      try (first) {
        down.say("TYPE I\r\n").expect("200");
        down.say("RETR large\r\n").expect("150");
        coming.getInputStream().readNBytes(100_000);
        up.say("STOR up\r\n").expect("150");
        going.getOutputStream().write(SMALL);
      }
      CompletableFuture<Fetched> cut = begun(() -> Fetched.by(down, coming, "150 as it said"));
      sendUntilCut(going);
      assertThat(up.hear()).matches("4(26|51) .{10,}");
      Fetched rest = cut.get(BOUND.toSeconds(), TimeUnit.SECONDS);
      assertThat(rest.last()).matches("4(26|51) .{10,}");
      assertThat(rest.end()).isEqualTo(Fetched.End.RESET);

      List<CompletableFuture<Fetched>> waiting = crowd.fetch("small");
      try (Server again = start(port, LIMIT)) {
        for (Fetched fetched : ended(waiting)) {
          fetched.isWhole(SMALL);
        }
        Fetched.by(down, "large").isWhole(LARGE);
        assertThat(up.send("STOR up", SMALL)).startsWith("226");
        assertThat(again.root().resolve("up")).hasBinaryContent(SMALL);
        assertThat(again.tap().connections()).hasSizeLessThanOrEqualTo(LIMIT);
      }
    }
  }

  private static void sendUntilCut(Socket data) throws IOException {
    try {
      data.getOutputStream().write(LARGE);
    } catch (SocketException cut) {
      return;
    }
    throw new AssertionError("all of it was taken");
  }

  @SideBySide
  @ParameterizedTest
  @CsvSource({"3, 1", "1, 3"})
  void serverThatComesBackWithAnotherLimitTeachesItWithoutAClientNoticing(int before, int after)
      throws Exception {
    Server first = start(0, before);
    int port = first.tap().port();
    try (OurGateway gateway =
            gateway(port, LimitSettings.standard(), GatewaySettings.TRANSFER_WAIT);
        Crowd crowd = new Crowd(gateway, CLIENTS)) {
      try (first) {
        for (Fetched fetched : ended(crowd.fetch("small"))) {
          fetched.isWhole(SMALL);
        }
      }
      long since = System.nanoTime();
      try (Server again = start(port, after)) {
        for (int round = 0; round < 2; round++) {
          for (Fetched fetched : ended(crowd.fetch("small"))) {
            fetched.isWhole(SMALL);
          }
        }
        assertThat(again.tap().mostAdmittedAtOnce()).isLessThanOrEqualTo(after);
        assertThat(again.tap().refused()).isLessThanOrEqualTo(few(since));
      }
    }
  }

  @SideBySide
  @Test
  void serverThatHangsIsAskedRarelyAndItsClientsAreToldSo() throws Exception {
    try (Server server = start(0, LIMIT);
        OurGateway gateway =
            gateway(server.tap().port(), LimitSettings.standard().withConfigured(LIMIT), WAIT);
        Crowd crowd = new Crowd(gateway, CLIENTS);
        RawClient down = gateway.client();
        Socket coming = down.passive()) {
      down.say("TYPE I\r\n").expect("200");
      down.say("RETR large\r\n").expect("150");
      coming.getInputStream().readNBytes(100_000);
      int before = server.tap().connections().size();
      List<Long> hung = server.peer().processes();
      long since = System.nanoTime();
      signal("-STOP", hung);
      try {
        Fetched rest = Fetched.by(down, coming, "150 as it said");
        assertThat(rest.last()).matches("4(26|51) .{10,}");
        assertThat(rest.end()).isEqualTo(Fetched.End.RESET);
        assertThat(ended(crowd.ask("SIZE small"))).allMatch(it -> it.matches("45[01] .{10,}"));
        assertThat(server.tap().connections().size() - before).isLessThanOrEqualTo(few(since));
      } finally {
        signal("-CONT", hung);
      }
      awaitService(crowd, "SIZE small", "213 " + SMALL.length);
      for (Fetched fetched : ended(crowd.fetch("small"))) {
        fetched.isHonest(SMALL);
      }
    }
  }

  /** How often a server may be tried since an outage began: all places at once, then pauses. */
  private static int few(long sinceNanos) {
    Duration left = Duration.ofNanos(System.nanoTime() - sinceNanos);
    int tries = 1;
    for (Duration pause : PAUSES) {
      left = left.minus(pause);
      tries += left.isNegative() ? 0 : 1;
    }
    return LIMIT * tries;
  }

  private static void signal(String signal, List<Long> processes) throws Exception {
    for (long process : processes) {
      new ProcessBuilder("kill", signal, Long.toString(process)).start().waitFor();
    }
  }

  /** One of them asks again and again, as who is told 450 may. */
  private static void awaitService(Crowd crowd, String command, String reply) {
    RawClient one = crowd.clients.getFirst();
    AtomicReference<String> last = new AtomicReference<>("");
    Await.until(
        BOUND,
        () -> "service: " + last.get(),
        () -> {
          last.set(one.ask(command));
          assertThat(last.get()).matches("(213|45[01]) .*");
          return last.get().equals(reply);
        });
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void serverThatShutsEverybodyOutIsNotStormed(ShutOut how) throws Exception {
    AtomicReference<String> words = new AtomicReference<>();
    CommandTable table = CommandTable.normal().file("/small", SMALL);
    try (ScriptedServer server =
            ScriptedServer.start(it -> {
              String now = words.get();
              if (now == null) {
                table.play(it);
              } else if (!now.isEmpty()) {
                it.say(now);
              }
            });
        OurGateway gateway =
            gateway(server.port(), LimitSettings.standard().withConfigured(LIMIT), WAIT);
        Crowd crowd = new Crowd(gateway, CLIENTS)) {
      long since = System.nanoTime();
      words.set(how.words);
      for (Conversation open : server.conversations()) {
        open.close();
      }
      int before = server.conversations().size();

      List<CompletableFuture<String>> asked = crowd.ask("SIZE small");
      try (RawClient next = gateway.client()) {
        assertThat(ended(asked)).allMatch(it -> it.matches("45[01] .{10,}"));
        for (Fetched fetched : ended(crowd.fetch("small"))) {
          assertThat(fetched.isHonest(SMALL).isDone()).isFalse();
        }
        assertThat(server.conversations().size() - before).isLessThanOrEqualTo(few(since));

        if (how == ShutOut.WITHOUT_A_WORD) {
          return; // It may be a ban, and is left alone for half a minute and longer.
        }
        words.set(null);
        awaitService(crowd, "SIZE small", "213 " + SMALL.length);
        for (Fetched fetched : ended(crowd.fetch("small"))) {
          fetched.isWhole(SMALL);
        }
        assertThat(next.ask("SIZE small")).isEqualTo("213 " + SMALL.length);
        assertThat(server.mostAtOnce()).isLessThanOrEqualTo(LIMIT);
      } finally {
        server.allowFailures();
      }
    }
  }
}
