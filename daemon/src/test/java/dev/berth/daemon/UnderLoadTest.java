package dev.berth.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole server in this process, with files and hashed passwords, that is stormed, reloaded and
 * drained while it is used.
 */
class UnderLoadTest {
  private static final int ROUNDS = 5;
  private static final String STORMING = "127.0.0.9";

  @TempDir Path folder;
  private final byte[] content = new byte[40_000_000]; // More than buffers can hold.
  private final byte[] small = new byte[30_000];
  private final AtomicBoolean goesOn = new AtomicBoolean(true);
  private Path home;
  private RunningServer server;
  private InetSocketAddress address;

  @BeforeEach
  void makeFiles() throws Exception {
    Random random = new Random(1);
    random.nextBytes(content);
    random.nextBytes(small);
    home = Files.createDirectory(folder.resolve("home"));
    Files.write(home.resolve("large"), content);
    Files.write(home.resolve("small"), small);
    Pems.write(folder.resolve("cert.pem"));
    new Users(folder.resolve("users.toml"))
        .add("alice", PasswordHash.of("geheim"), home, Users.Rights.ALL);
  }

  @AfterEach
  void end() throws IOException {
    goesOn.set(false);
    if (server != null) {
      server.close();
    }
  }

  private Path settings(String greeting, int idleMinutes, String prefix) throws IOException {
    return Files.writeString(
        folder.resolve("server.toml"),
        """
        greeting = "%s"
        [listener.test]
        address = "127.0.0.1:0"
        [timers]
        idle = "%dm"
        [limits.connections]
        prefix = %s
        [limits.pacing]
        longest = "1s"
        [tls]
        certificate = "%s/cert.pem"
        [accounts]
        file = "%s/users.toml"
        """
            .formatted(greeting, idleMinutes, prefix, folder, folder));
  }

  private void open(String prefix) throws Exception {
    server =
        RunningServer.open(
            new ServeRequest.FromFile(settings("ready", 5, prefix)),
            ServeTerms.usual(),
            InstantSource.system());
    address = server.addresses().getFirst();
  }

  private RawClient alice(String from) throws IOException {
    RawClient client = RawClient.connectFrom(from, address);
    client.expect("220");
    client.logIn("alice", "geheim").say("TYPE I\r\n").expect("200");
    return client;
  }

  /** In a thread of its own, whatever the machine has of processors. */
  private static <T> CompletableFuture<T> aside(Callable<T> work) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            outcome.complete(work.call());
          } catch (Exception | AssertionError e) {
            outcome.completeExceptionally(e);
          }
        });
    return outcome;
  }

  @Test
  @Timeout(24)
  void aStormOfFourSecondsKeepsNobodyElseOutAndTransfersAreWhole() throws Exception {
    open("{ most = 2, policy = \"refuse\" }");
    AtomicInteger refused = new AtomicInteger();
    try (RawClient first = alice(STORMING);
        RawClient second = alice(STORMING)) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
      List<CompletableFuture<Integer>> storm = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        boolean speaks = i % 2 == 0;
        storm.add(aside(() -> hammer(speaks, refused)));
      }
      CompletableFuture<Integer> downloads = aside(this::downloads);
      int logins = 0;
      while (System.nanoTime() - end < 0 || logins < 20) {
        try (RawClient other = alice("127.0.0.2")) {
          other.say("QUIT\r\n").expect("221");
        }
        logins++;
      }
      goesOn.set(false);

      assertThat(downloads.get(20, TimeUnit.SECONDS)).isPositive();
      for (CompletableFuture<Integer> one : storm) {
        assertThat(one.get(20, TimeUnit.SECONDS)).as("let in").isZero();
      }
      assertThat(refused.get()).as("refused").isGreaterThan(8);
      assertThat(first.ask("NOOP")).startsWith("200");
      assertThat(second.ask("NOOP")).startsWith("200");
    }
  }

  /** Comes again and again; answers how often it was let in. */
  private int hammer(boolean speaks, AtomicInteger refused) {
    int letIn = 0;
    while (goesOn.get()) {
      try (RawClient client = RawClient.connectFrom(STORMING, address)) {
        if (speaks) {
          client.say("USER alice\r\n");
        }
        String reply = client.hear();
        refused.addAndGet(reply.startsWith("421 ") ? 1 : 0);
        letIn += reply.startsWith("220") ? 1 : 0;
      } catch (IOException e) {
        continue; // Reset, as it spoke to a connection that was closed.
      }
    }
    return letIn;
  }

  /** Answers how often the large file came, whole each time. */
  private int downloads() throws IOException {
    int done = 0;
    try (RawClient client = alice("127.0.0.3")) {
      while (goesOn.get()) {
        assertThat(Arrays.equals(client.receive("RETR large"), content)).isTrue();
        done++;
      }
    }
    return done;
  }

  @Test
  void reloadsEndNoTransferAndLoseNoSession() throws Exception {
    open("1000");
    AtomicInteger sessions = new AtomicInteger();
    try (RawClient down = alice("127.0.0.2");
        Socket downData = down.passive();
        RawClient up = alice("127.0.0.3");
        Socket upData = up.passive();
        TlsUser tls = TlsUser.connect(address, "alice", "geheim")) {
      down.say("RETR large\r\n").expect("150");
      up.say("STOR up\r\n").expect("150");
      tls.beginRetrieve("large");
      List<CompletableFuture<Integer>> others = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        boolean isPrivate = i % 2 == 0;
        others.add(aside(() -> comeAndGo(isPrivate, sessions)));
      }
      byte[] got = new byte[content.length];
      byte[] gotInTls = new byte[content.length];
      int piece = content.length / ROUNDS;
      for (int round = 0; round < ROUNDS; round++) {
        change(round);
        int before = sessions.get();

        assertThat(server.reload()).isEmpty();

        assertThat(downData.getInputStream().readNBytes(got, round * piece, piece))
            .isEqualTo(piece);
        tls.read(gotInTls, round * piece, piece);
        upData.getOutputStream().write(content, round * piece, piece);
        Await.until(
            Duration.ofSeconds(20),
            "others come and go",
            () -> sessions.get() > before + 2 || others.stream().anyMatch(it -> it.isDone()));
      }
      goesOn.set(false);
      upData.shutdownOutput();

      up.expect("226");
      down.expect("226");
      tls.endRetrieve();
      assertThat(downData.getInputStream().read()).isNegative();
      assertThat(Arrays.equals(got, content)).isTrue();
      assertThat(Arrays.equals(gotInTls, content)).isTrue();
      assertThat(Arrays.equals(Files.readAllBytes(home.resolve("up")), content)).isTrue();
      assertThat(tls.retrieve("small")).as("resumed under the old certificate").isEqualTo(small);
      for (CompletableFuture<Integer> one : others) {
        assertThat(one.get(20, TimeUnit.SECONDS)).isPositive();
      }
    }
  }

  /** All that a reload reads, each time otherwise. */
  private void change(int round) throws Exception {
    Users users = new Users(folder.resolve("users.toml"));
    users.password("alice", PasswordHash.of("geheim"));
    users.add("other" + round, PasswordHash.of("x"), home, Users.Rights.ALL);
    settings("ready " + round, 5 + round, String.valueOf(1000 - round));
    if (round % 3 == 0) {
      Pems.write(folder.resolve("cert.pem"));
    }
  }

  /** One session after the other, each whole. */
  private int comeAndGo(boolean isPrivate, AtomicInteger sessions) throws IOException {
    int done = 0;
    while (goesOn.get()) {
      try (RawClient client = RawClient.connect(address)) {
        client.expect("220");
        if (isPrivate) {
          client.say("AUTH TLS\r\n").expect("234");
          client.startTls();
        }
        client.logIn("alice", "geheim").say("TYPE I\r\n").expect("200");
        assertThat(client.receive("RETR small")).isEqualTo(small);
        assertThat(client.send("STOR " + Thread.currentThread().threadId(), small))
            .startsWith("226");
        client.say("QUIT\r\n").expect("221");
      }
      sessions.incrementAndGet();
      done++;
    }
    return done;
  }

  @Test
  void aDrainLosesNothingOfThoseWhoAreIn() throws Exception {
    open("1000");
    try (RawClient down = alice("127.0.0.2");
        Socket downData = down.passive();
        RawClient up = alice("127.0.0.3");
        Socket upData = up.passive();
        TlsUser tls = TlsUser.connect(address, "alice", "geheim");
        RawClient stranger = RawClient.connect(address);
        RawClient idle = alice("127.0.0.4")) {
      stranger.expect("220");
      down.say("RETR large\r\n").expect("150");
      up.say("STOR up\r\n").expect("150");
      upData.getOutputStream().write(content, 0, 1_000_000);
      tls.beginRetrieve("large");
      AtomicInteger sessions = new AtomicInteger();
      List<CompletableFuture<String>> others = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        others.add(aside(() -> comeUntilTurnedAway(sessions)));
      }
      Await.until(Duration.ofSeconds(20), "others come and go", () -> sessions.get() > 20);

      CompletableFuture<Boolean> drained = aside(server::drain);

      assertThat(idle.hear()).startsWith("421 ").contains("going down");
      assertThat(idle.isEnded()).isTrue();
      assertThat(stranger.hear()).startsWith("421 ");
      for (CompletableFuture<String> one : others) {
        assertThat(one.get(20, TimeUnit.SECONDS)).isIn("refused", "told");
      }
      assertThatThrownBy(() -> RawClient.connect(address)).isInstanceOf(ConnectException.class);
      assertThat(drained).isNotDone();
      assertThat(Arrays.equals(all(downData), content)).isTrue();
      down.expect("226");
      assertThat(down.hear()).startsWith("421 ");
      byte[] gotInTls = new byte[content.length];
      tls.read(gotInTls, 0, content.length);
      tls.endRetrieve();
      assertThat(Arrays.equals(gotInTls, content)).isTrue();
      upData.getOutputStream().write(content, 1_000_000, content.length - 1_000_000);
      upData.shutdownOutput();
      up.expect("226");
      assertThat(up.hear()).startsWith("421 ");
      assertThat(Arrays.equals(Files.readAllBytes(home.resolve("up")), content)).isTrue();
      assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static byte[] all(Socket data) throws IOException {
    try (InputStream in = data.getInputStream()) {
      return in.readAllBytes();
    }
  }

  /**
   * Session after session, until nobody is let in or one ends by 421. Whoever was greeted is told
   * so: a connection that ends without is a failure.
   */
  private String comeUntilTurnedAway(AtomicInteger sessions) throws IOException {
    while (true) {
      RawClient client;
      try {
        client = RawClient.connect(address);
      } catch (ConnectException e) {
        return "refused";
      }
      try (client) {
        String greeting;
        try {
          greeting = client.hear();
        } catch (IOException e) {
          return "refused"; // It was in the system's queue, and never here.
        }
        if (greeting.startsWith("421") || !visit(client)) {
          return "told";
        }
      }
      sessions.incrementAndGet();
    }
  }

  /** Whether it came to its end; else it was told 421. */
  private boolean visit(RawClient client) throws IOException {
    for (String command : List.of("USER alice", "PASS geheim", "TYPE I", "EPSV")) {
      String reply = reply(client, command);
      if (reply.startsWith("421")) {
        return false;
      }
      if (command.equals("EPSV") && !download(client, reply)) {
        return false;
      }
    }
    return !reply(client, "QUIT").startsWith("421");
  }

  private boolean download(RawClient client, String passive) throws IOException {
    int port = Integer.parseInt(passive.replaceAll(".*\\|\\|\\|(\\d+)\\|.*", "$1"));
    try (Socket data = client.data(port)) {
      String reply = reply(client, "RETR small");
      if (reply.startsWith("421")) {
        return false;
      }
      assertThat(reply).startsWith("150");
      assertThat(all(data)).isEqualTo(small);
      client.expect("226");
      return true;
    } catch (ConnectException e) {
      client.expect("421"); // The passive port went with the session.
      return false;
    }
  }

  /** What is there to be heard, also if the server was gone before it was asked. */
  private static String reply(RawClient client, String command) throws IOException {
    try {
      client.say(command + "\r\n");
    } catch (IOException e) {
      assertThat(e).isNotNull(); // Then the 421 is there.
    }
    return client.hear();
  }
}
