package dev.berth.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks, each tried; docs/security.md says what is promised. */
final class SecurityTest {
  private ServerUnderTest server;
  private LogHeard log;

  @BeforeEach
  void start() throws IOException {
    log = new LogHeard();
    server = ServerUnderTest.start();
    server.backend.files.put("/a", MemoryBackend.content(1000));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    log.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PORT 127,0,0,2,200,1",
        "PORT 10,0,0,1,200,1",
        "EPRT |1|127.0.0.2|40000|",
        "EPRT |2|::1|40000|",
        "PORT 127,0,0,1,0,22",
        "PORT 127,0,0,1,3,255",
        "EPRT |1|127.0.0.1|1023|",
        "EPRT |1|127.0.0.1|25|"
      })
  void thisServerConnectsNowhereElse(String command) throws IOException {
    try (RawClient client = server.alice()) {
      assertThat(client.ask(command)).startsWith("504 ");
      assertThat(client.ask("RETR a")).startsWith("425 ");
    }
  }

  @Test
  void aDataConnectionFromElsewhereIsHungUpOnAndTheRightOneServed() throws IOException {
    try (RawClient client = server.alice()) {
      String reply = client.ask("EPSV");
      int port = Integer.parseInt(reply.replaceAll(".*\\|\\|\\|(\\d+)\\|.*", "$1"));
      try (Socket thief = new Socket()) {
        thief.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0));
        thief.connect(new InetSocketAddress(server.address().getAddress(), port), 5000);
        client.say("RETR a\r\n");
        try (Socket data = client.data(port)) {
          client.expect("150");
          assertThat(data.getInputStream().readAllBytes()).hasSize(1000);
          client.expect("226");
        }
        thief.setSoTimeout(5000);
        assertThat(stolen(thief)).isZero();
      }
    }
  }

  private static int stolen(Socket thief) {
    try {
      return thief.getInputStream().readAllBytes().length;
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void aPassivePortTakesOneConnection() throws IOException {
    try (RawClient client = server.alice()) {
      String reply = client.ask("EPSV");
      int port = Integer.parseInt(reply.replaceAll(".*\\|\\|\\|(\\d+)\\|.*", "$1"));
      try (Socket data = client.data(port)) {
        client.say("RETR a\r\n").expect("150");
        assertThat(data.getInputStream().readAllBytes()).hasSize(1000);
        client.expect("226");
      }
      assertThat(client.ask("RETR a")).startsWith("425 ");
      String later = "";
      try (Socket second = client.data(port)) {
        later = "connected to " + second.getPort();
      } catch (IOException e) {
        assertThat(later).isEmpty();
      }
      assertThat(later).isEmpty();
    }
  }

  @Test
  void linesThatAreTooLongAreDroppedAndLinesWithoutEndEndTheSession() throws IOException {
    try (RawClient client = server.alice()) {
      client.say("CWD " + "x".repeat(5000) + "\r\nPWD\r\n");
      assertThat(client.hear()).startsWith("500 ").contains("4096");
      assertThat(client.hear()).startsWith("257 ");
      client.say("CWD a\0b\r\nCWD a\rb\r\nPWD\r\n");
      client.expect("500");
      client.expect("500");
      client.expect("257");
    }
    RawClient endless = server.client();
    try {
      OutputStream out = endless.socket().getOutputStream();
      for (int i = 0; i < 10_000; i++) {
        out.write(new byte[1000]);
      }
    } catch (IOException e) {
      assertThat(e).isNotNull(); // As it should.
    }
    server.awaitNobody();
    endless.close();
  }

  @Test
  void whoSendsAHundredThousandCommandsAheadIsHeldBackByTcp() throws IOException {
    server.backend.zeros.put("/long", 1L << 40);
    AtomicLong sent = new AtomicLong();
    byte[] commands = "NOOP\r\n".repeat(1000).getBytes(ISO_8859_1);
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("RETR long\r\n").expect("150");
      var flood =
          CompletableFuture.runAsync(() -> {
            try {
              for (int i = 0; i < 20_000; i++) {
                client.socket().getOutputStream().write(commands);
                sent.addAndGet(commands.length);
              }
            } catch (IOException e) {
              return; // Closed below.
            }
          });
      Await.until(Duration.ofSeconds(20), "it is held back", new Unmoved(sent)::holds);
      assertThat(sent.get()).isLessThan(30_000_000L);
      hangUp(data); // The transfer ends; then they are served, and their replies pile up at TCP.
      Await.until(Duration.ofSeconds(20), "it is held back", new Unmoved(sent)::holds);
      assertThat(sent.get()).isLessThan(60_000_000L);
      client.reset();
      flood.join();
    }
    server.awaitNobody();
  }

  private static void hangUp(Socket socket) throws IOException {
    socket.close();
  }

  /** A number that has not moved for half a second. */
  private static final class Unmoved {
    private final AtomicLong number;
    private long seen = -1;
    private long since = System.nanoTime();

    Unmoved(AtomicLong number) {
      this.number = number;
    }

    boolean holds() {
      long now = number.get();
      if (now != seen) {
        seen = now;
        since = System.nanoTime();
      }
      return now > 0 && System.nanoTime() - since > 500_000_000L;
    }
  }

  @Test
  void aHundredThousandCommandsSentAheadAreAllAnswered() throws IOException {
    try (RawClient client = server.alice()) {
      var writer =
          CompletableFuture.runAsync(() -> {
            try {
              for (int i = 0; i < 100; i++) {
                client.say("NOOP\r\n".repeat(1000));
              }
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      for (int i = 0; i < 100_000; i++) {
        assertThat(client.line()).startsWith("200 ");
      }
      writer.join();
    }
  }

  @Test
  void logLinesCannotBeForged() throws IOException {
    server.backend.files.put("/x\" outcome=done", new byte[1]);
    try (RawClient client = server.client()) {
      client.say("USER eve reason=none\u0085event=login account=root\r\n").expect("331");
      client.say("PASS x\" y\r\n").expect("530");
      client.say("CLNT a\" event=\"b\u2028\r\n");
      client.hear();
      client.say("USER a\nb\r\nUSER alice\r\n").expect("331");
      client.expect("500");
      client.expect("331");
      client.say("PASS secret\r\n").expect("230");
      client.receive("RETR x\" outcome=done");
    }
    server.awaitNobody();
    assertThat(log.lines()).allSatisfy(line -> assertThat(line).doesNotContain("\r", "\u0085"));
    assertThat(log.events("login-failed"))
        .singleElement()
        .asString()
        .contains("user=\"eve reason=none")
        .contains("event=login account=root\" reason=wrong-password");
    assertThat(log.events("transfer"))
        .singleElement()
        .asString()
        .contains("path=\"/x\\\" outcome=done\" bytes=1");
    assertThat(log.lines()).noneMatch(line -> line.startsWith("event=login account=root"));
  }

  @Test
  void noPasswordIsInAnyLog() throws IOException {
    try (RawClient client = server.client()) {
      client.say("USER alice\r\n").expect("331");
      client.say("PASS s3cr3t-wrong\r\n").expect("530");
      client.say("PASS s3cr3t-unasked\r\n").expect("503");
      client.say("pass  s3cr3t-space\r\n").expect("503");
      client.say("PASS s3cr3t\0nul\r\n").expect("500");
      client.say("PASS " + "s3cr3t".repeat(1000) + "\r\n").expect("500");
      client.say("USER alice\r\n").expect("331");
      client.say("PASS secret\r\n").expect("230");
      client.say("PASS s3cr3t-again\r\n").expect("202");
      client.say("ACCT s3cr3t-account\r\n").expect("202");
    }
    server.awaitNobody();
    assertThat(log.lines()).isNotEmpty();
    assertThat(log.lines()).noneMatch(line -> line.contains("s3cr3t") || line.contains("secret"));
  }

  /** Some here; two thousand where it may last. */
  @Test
  void manyWhoDribbleKeepNobodyOut() throws IOException {
    dribble(300);
  }

  @Test
  @EnabledIfSystemProperty(named = "berth.long", matches = "true")
  void twoThousandWhoDribbleKeepNobodyOut() throws IOException {
    dribble(2000);
  }

  private void dribble(int count) throws IOException {
    server.close();
    Duration never = Timers.NEVER;
    server =
        ServerUnderTest.setup()
            .timers(new Timers(Duration.ofSeconds(3), never, never, never, never, never))
            .start();
    List<RawClient> slow = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        RawClient one = RawClient.connectFrom("127.0.0." + (2 + i % 200), server.address());
        slow.add(one);
        one.say("US");
      }
      try (RawClient client = RawClient.loggedIn(server.address(), "alice", "secret")) {
        assertThat(client.ask("PWD")).startsWith("257 ");
      }
      Await.until(
          Duration.ofSeconds(30),
          "all have been ended",
          () -> server.admission.attendance().present().isEmpty());
    } finally {
      for (RawClient one : slow) {
        one.close();
      }
    }
  }
}
