package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.admission.GuardRules;
import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Policy;
import dev.berth.admission.Rules;
import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules of admission, met with sockets. */
final class LimitsTest {
  private static final Duration LINE_EVERY = Duration.ofMillis(200);

  private ServerUnderTest server;
  private final List<RawClient> clients = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
    server.close();
  }

  private void start(Map<LimitScope, Limit> connections) throws IOException {
    server =
        ServerUnderTest.setup()
            .rules(Rules.standard().withConnections(connections))
            .lineEvery(LINE_EVERY)
            .start();
  }

  private static Limit queueing(int most, Duration longestWait) {
    return new Limit(most, new Policy.Queue(longestWait, 100));
  }

  private RawClient connect() throws IOException {
    RawClient client = RawClient.connect(server.address());
    clients.add(client);
    return client;
  }

  private void awaitWaiting(int count) {
    Await.until(
        Duration.ofSeconds(10),
        () -> count + " wait: " + server.admission.attendance().waiting(),
        () -> server.admission.attendance().waiting().size() == count);
  }

  @Test
  void ofTwoHundredAtOnceExactlyFiftyComeIn() throws Exception {
    start(Map.of(LimitScope.SERVER, Limit.refusing(50)));
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    Queue<RawClient> open = new ConcurrentLinkedQueue<>();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String from = "127.0.0." + (2 + i % 100);
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  go.await();
                  RawClient client = RawClient.connectFrom(from, server.address());
                  open.add(client);
                  heard.add(client.hear().substring(0, 3));
                } catch (IOException | InterruptedException e) {
                  heard.add(e.toString());
                }
              }));
    }

    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    clients.addAll(open);
    assertThat(heard).hasSize(200);
    assertThat(heard.stream().filter("220"::equals)).hasSize(50);
    assertThat(heard.stream().filter("421"::equals)).hasSize(150);
    assertThat(server.admission.attendance().present()).hasSize(50);
  }

  @Test
  void whoWaitsGetsLinesAndIsLetInWhenItsTurnHasCome() throws IOException {
    start(Map.of(LimitScope.SERVER, queueing(1, Duration.ofSeconds(60))));
    RawClient first = server.client();
    RawClient second = connect();
    assertThat(second.line()).startsWith("220-You wait, as number 1: Too many ");
    RawClient third = connect();
    assertThat(third.line()).startsWith("220-You wait, as number 2: ");
    assertThat(second.line()).startsWith("220-You wait, as number 1: ");
    assertThat(third.line()).startsWith("220-You wait, as number 2: ");

    first.say("QUIT\r\n").expect("221");

    assertThat(greeted(second)).isEqualTo("220 Berth FTP server ready.");
    second.logIn("alice", "secret");
    assertThat(third.line()).startsWith("220-You wait, as number ");
    second.say("QUIT\r\n").expect("221");
    assertThat(greeted(third)).isEqualTo("220 Berth FTP server ready.");
    first.close();
  }

  private static String greeted(RawClient client) throws IOException {
    String line = client.line();
    while (line.startsWith("220-")) {
      line = client.line();
    }
    return line;
  }

  @Test
  void whatIsSaidWhileWaitingIsHeardAfterwards() throws IOException {
    start(Map.of(LimitScope.SERVER, queueing(1, Duration.ofSeconds(60))));
    RawClient first = server.client();
    RawClient second = connect();
    second.say("USER alice\r\nPASS secret\r\nPW").line();
    second.line();
    second.line();
    first.say("QUIT\r\n").expect("221");
    assertThat(greeted(second)).startsWith("220 ");
    second.say("D\r\n");
    second.expect("331");
    second.expect("230");
    second.expect("257");
    first.close();
  }

  @Test
  void whoHangsUpWhileWaitingLosesItsTurn() throws IOException {
    start(Map.of(LimitScope.SERVER, queueing(1, Duration.ofSeconds(60))));
    RawClient first = server.client();
    RawClient gone = connect();
    gone.line();
    RawClient patient = connect();
    patient.line();
    awaitWaiting(2);

    gone.socket().shutdownOutput();

    awaitWaiting(1);
    assertThat(gone.socket().getInputStream().readAllBytes()).isNotNull();
    first.say("QUIT\r\n").expect("221");
    assertThat(greeted(patient)).startsWith("220 ");
    first.close();
  }

  @Test
  void whoWaitedForTooLongIsToldSo() throws IOException {
    start(Map.of(LimitScope.SERVER, queueing(1, Duration.ofMillis(500))));
    RawClient first = server.client();
    RawClient second = connect();
    assertThat(greeted(second)).startsWith("220 ");
    assertThat(second.line()).startsWith("421 Too many ");
    assertThat(second.isEnded()).isTrue();
    assertThat(first.ask("NOOP")).startsWith("200 ");
    first.close();
  }

  @Test
  void aDrainTurnsAwayWhoWaits() throws Exception {
    start(Map.of(LimitScope.SERVER, queueing(1, Duration.ofSeconds(60))));
    RawClient first = server.client();
    clients.add(first);
    RawClient second = connect();
    second.line();
    server.front.drain("it moves", dev.berth.lifetime.Deadline.after(Duration.ofSeconds(5)));
    assertThat(greeted(second)).startsWith("220 ");
    assertThat(second.line()).isEqualTo("421 No new sessions: it moves.");
    assertThat(first.hear()).startsWith("421 ");
  }

  @Test
  void aLimitOfAnAccountIsToldAtThePassword() throws IOException {
    start(Map.of(LimitScope.ACCOUNT, Limit.refusing(1)));
    clients.add(server.alice());
    RawClient second = connect();
    second.expect("220");
    second.say("USER alice\r\n").expect("331");
    assertThat(second.ask("PASS secret")).startsWith("421 Too many ").contains("your account");
    assertThat(second.isEnded()).isTrue();
    RawClient bob = connect();
    bob.expect("220");
    bob.logIn("bob", "secret");
  }

  @Test
  void whoGoesWhileItsLoginWaitsLosesItsTurn() throws IOException {
    start(Map.of(LimitScope.ACCOUNT, queueing(1, Duration.ofSeconds(60))));
    RawClient first = server.alice();
    clients.add(first);
    RawClient gone = connect();
    gone.expect("220");
    gone.say("USER alice\r\n").expect("331");
    gone.say("PASS secret\r\n");
    awaitWaiting(1);
    gone.close();
    awaitWaiting(0);
    RawClient patient = connect();
    patient.expect("220");
    patient.say("USER alice\r\n").expect("331");
    patient.say("PASS secret\r\n");
    awaitWaiting(1);
    first.say("QUIT\r\n").expect("221");
    patient.expect("230");
  }

  @Test
  void aLimitOfTransfersIsTold() throws IOException {
    server =
        ServerUnderTest.setup()
            .rules(
                ServerUnderTest.unlimited()
                    .withTransfers(Map.of(LimitScope.ACCOUNT, Limit.refusing(1))))
            .start();
    server.backend.zeros.put("/long", 1L << 40);
    server.backend.files.put("/a", new byte[10]);
    try (RawClient first = server.alice();
        Socket data = first.passive();
        RawClient second = server.alice();
        Socket other = second.passive()) {
      first.say("RETR long\r\n").expect("150");
      assertThat(second.ask("RETR a")).startsWith("450 Too many transfers");
      first.say("ABOR\r\n").expect("426");
      first.expect("226");
      RawClient.awaitEnd(other); // Who comes again begins anew.
      try (Socket next = second.passive()) {
        second.say("RETR a\r\n").expect("150");
        assertThat(next.getInputStream().readAllBytes()).hasSize(10);
      }
      RawClient.awaitEnd(data);
    }
  }

  @Test
  void aWrongPasswordIsDelayedOffTheSlotAndLonger() throws IOException {
    server =
        ServerUnderTest.setup()
            .rules(Rules.standard().withConnections(Map.of(LimitScope.SERVER, Limit.refusing(1))))
            .guard(guard(Duration.ofSeconds(2), 10))
            .start();
    RawClient guesser = connect();
    guesser.expect("220");
    guesser.say("USER alice\r\n").expect("331");
    long start = System.nanoTime();
    guesser.say("PASS wrong\r\n");
    Await.until(
        Duration.ofSeconds(5),
        "another comes in meanwhile",
        () -> {
          try (RawClient other = RawClient.connect(server.address())) {
            return other.hear().startsWith("220 ");
          }
        });
    assertThat(guesser.socket().getInputStream().available()).isZero(); // still waits
    server.awaitNobodyBut(1);
    assertThat(guesser.hear()).isEqualTo("530 Login incorrect.");
    assertThat(System.nanoTime() - start).isGreaterThan(2_000_000_000L);
    guesser.say("USER alice\r\n").expect("331");
    start = System.nanoTime();
    guesser.say("PASS wrong\r\n").expect("530");
    assertThat(System.nanoTime() - start).isGreaterThan(4_000_000_000L);
  }

  private static GuardRules guard(Duration first, int failures) {
    GuardRules standard = GuardRules.standard();
    return new GuardRules(
        standard.prefixes(),
        List.of(),
        standard.window(),
        first,
        Duration.ofSeconds(10),
        failures,
        Duration.ofMinutes(1),
        100);
  }

  @Test
  void whoGuessesIsBannedAndOthersAreNot() throws IOException {
    server = ServerUnderTest.setup().guard(guard(Duration.ofMillis(1), 3)).start();
    RawClient guesser = connect();
    guesser.expect("220");
    for (int i = 0; i < 2; i++) {
      guesser.say("USER alice\r\n").expect("331");
      guesser.say("PASS wrong\r\n").expect("530");
    }
    guesser.say("USER nobody\r\n").expect("331");
    assertThat(guesser.ask("PASS wrong")).startsWith("421 Your address 127.0.0.1 is banned");
    assertThat(guesser.isEnded()).isTrue();
    assertThat(connect().hear()).startsWith("421 Your address 127.0.0.1 is banned");
    RawClient other = RawClient.connectFrom("127.0.0.2", server.address());
    clients.add(other);
    assertThat(other.hear()).startsWith("220 ");
  }

  /** Five hundred failures, by fifty at once. */
  @Test
  void manyWhoGuessAreBannedAndKeepNobodyElseOut() throws Exception {
    server = ServerUnderTest.setup().guard(guard(Duration.ofMillis(1), 10)).start();
    List<CompletableFuture<Integer>> guessers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String from = "127.0.1." + (1 + i);
      guessers.add(
          CompletableFuture.supplyAsync(() -> guess(from), task -> Thread.ofVirtual().start(task)));
    }

    for (int i = 0; i < 20; i++) {
      server.alice().close();
    }

    for (CompletableFuture<Integer> guesser : guessers) {
      assertThat(guesser.get(30, TimeUnit.SECONDS)).isEqualTo(10);
    }
    server.awaitNobody();
    for (int i = 0; i < 50; i++) {
      String from = "127.0.1." + (1 + i);
      try (RawClient client = RawClient.connectFrom(from, server.address())) {
        assertThat(client.hear())
            .startsWith(
                "421 Your address " + from + " is banned for guesses at passwords. Try again in ");
      }
    }
    server.alice().close();
  }

  /** Until it is banned; answers after how many guesses that was. */
  private int guess(String from) {
    int guesses = 0;
    String reply = "";
    while (!reply.contains("banned") && guesses < 20) {
      try (RawClient client = RawClient.connectFrom(from, server.address())) {
        client.expect("220");
        reply = "";
        while (!reply.startsWith("421")) {
          client.say("USER user" + guesses + "\r\n").expect("331");
          reply = client.ask("PASS wrong");
          guesses++;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return guesses;
  }

  @Test
  void aSessionIsGoodForThreeGuesses() throws IOException {
    server = ServerUnderTest.setup().guard(guard(Duration.ofMillis(1), 10)).start();
    RawClient guesser = connect();
    guesser.expect("220");
    for (int i = 0; i < 2; i++) {
      guesser.say("USER alice\r\n").expect("331");
      guesser.say("PASS wrong\r\n").expect("530");
    }
    guesser.say("USER alice\r\n").expect("331");
    assertThat(guesser.ask("PASS wrong")).startsWith("421 Login incorrect, too often");
    assertThat(guesser.isEnded()).isTrue();
  }

  @Test
  void aStormFromOneAddressKeepsNobodyElseOut() throws Exception {
    start(
        Map.of(
            LimitScope.PREFIX, Limit.refusing(2),
            LimitScope.SERVER, Limit.refusing(1000)));
    clients.add(server.client());
    clients.add(server.client());
    AtomicBoolean goesOn = new AtomicBoolean(true);
    List<CompletableFuture<Integer>> storm = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      boolean speaks = i % 2 == 0;
      // In threads of their own: the common pool has but one where there are two processors.
      storm.add(
          CompletableFuture.supplyAsync(
              () -> hammer(goesOn, speaks), task -> Thread.ofVirtual().start(task)));
    }
    for (int i = 0; i < 20; i++) {
      try (RawClient other = RawClient.connectFrom("127.0.0.2", server.address())) {
        other.expect("220");
        other.logIn("alice", "secret");
        other.say("QUIT\r\n").expect("221");
      }
    }
    goesOn.set(false);
    int refused = 0;
    for (CompletableFuture<Integer> one : storm) {
      refused += one.join();
    }
    assertThat(refused).isPositive();
  }

  private int hammer(AtomicBoolean goesOn, boolean speaks) {
    int refused = 0;
    while (goesOn.get()) {
      try (RawClient client = RawClient.connect(server.address())) {
        if (speaks) {
          client.say("USER alice\r\n");
        }
        refused += client.hear().startsWith("421 ") ? 1 : 0;
      } catch (IOException e) {
        continue; // Reset, as it spoke to a connection that was closed.
      }
    }
    return refused;
  }

  @Test
  void whoSpeaksFirstDoesNotGetARefusalSooner() throws IOException {
    start(Map.of(LimitScope.PREFIX, Limit.refusing(1)));
    clients.add(server.client());
    for (int i = 0; i < 4; i++) {
      assertThat(connect().hear()).startsWith("421 ");
    }
    long start = System.nanoTime();
    RawClient hasty = connect();
    hasty.say("USER alice\r\n").expect("421");
    assertThat(System.nanoTime() - start).isGreaterThan(200_000_000L);
  }
}
