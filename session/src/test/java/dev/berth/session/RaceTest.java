package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Policy;
import dev.berth.admission.Rules;
import dev.berth.lifetime.Deadline;
import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What collides: the end of a transfer, its listener, a drain, one who has to give way. */
final class RaceTest {
  private static final int ROUNDS =
      Integer.getInteger("berth.rounds", Boolean.getBoolean("berth.long") ? 60 : 15);
  private final long seed = Long.getLong("berth.seed", System.nanoTime());
  private final Random random = new Random(seed);

  private static void pause(long micros) {
    long end = System.nanoTime() + micros * 1000;
    Await.until(Duration.ofSeconds(5), "a while", () -> System.nanoTime() - end >= 0);
  }

  /** The end of the data is seen by one thread, that of the control connection by another. */
  @Test
  void whoIsKilledInAnUploadThatLastsIsFoundOutNearlyAlways() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start()) {
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String name = "cut" + i;
        clients.add(
            CompletableFuture.runAsync(
                () -> dieInAnUpload(server, name), task -> Thread.ofVirtual().start(task)));
      }
      clients.forEach(CompletableFuture::join);
      server.awaitNobody();
      assertThat(server.backend.files.keySet()).hasSizeLessThan(10);
    }
  }

  private static void dieInAnUpload(ServerUnderTest server, String name) {
    try (RawClient client = server.alice();
        Socket data = client.passive()) {
      client.say("STOR " + name + "\r\n").expect("150");
      data.getOutputStream().write(new byte[1000]);
      pause(80_000); // By then somebody listens.
      data.getOutputStream().write(new byte[1000]); // And the other is awake.
      RawClient.hangUp(client.socket());
      RawClient.hangUp(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Somebody else begins to listen after 50 ms; many at once, as the moment is short. */
  @Test
  void anUploadMayEndWhenAListenerBegins() throws IOException {
    try (ServerUnderTest server = ServerUnderTest.start()) {
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        long own = random.nextLong();
        clients.add(
            CompletableFuture.runAsync(
                () -> upload(server, new Random(own)), task -> Thread.ofVirtual().start(task)));
      }
      clients.forEach(CompletableFuture::join);
    }
  }

  private void upload(ServerUnderTest server, Random own) {
    try (RawClient client = server.alice()) {
      for (int round = 0; round < ROUNDS / 2; round++) {
        try (Socket data = client.passive()) {
          client.say("STOR x\r\n").expect("150");
          data.getOutputStream().write(new byte[1000]);
          pause(48_000 + own.nextInt(3000));
          data.shutdownOutput();
          assertThat(client.hear()).as("round " + round + ", seed " + seed).startsWith("226 ");
          assertThat(client.ask("PWD")).as("round " + round).startsWith("257 ");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aDownloadMayEndWhenAListenerBeginsAndACommandComes() throws IOException {
    try (ServerUnderTest server = ServerUnderTest.start();
        RawClient client = server.alice()) {
      server.backend.files.put("/x", new byte[6_000_000]);
      for (int round = 0; round < ROUNDS; round++) {
        try (Socket data = client.passive()) {
          client.say("RETR x\r\n").expect("150");
          pause(40_000 + random.nextInt(15_000));
          client.say("NOOP\r\nSTAT\r\nPWD\r\n");
          assertThat(data.getInputStream().readAllBytes()).hasSize(6_000_000);
          String replies = "";
          for (int i = 0; i < 4; i++) {
            replies += client.hear().substring(0, 3) + " ";
          }
          assertThat(replies)
              .as("round " + round + ", seed " + seed)
              .isIn("226 200 211 257 ", "211 226 200 257 ");
        }
      }
    }
  }

  @Test
  void aborMayComeAtAnyMomentOfATransfer() throws IOException {
    try (ServerUnderTest server = ServerUnderTest.start();
        RawClient client = server.alice()) {
      server.backend.files.put("/x", new byte[3_000_000]);
      for (int round = 0; round < ROUNDS; round++) {
        try (Socket data = client.passive()) {
          client.say("RETR x\r\n");
          CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> drop(data));
          pause(random.nextInt(60_000));
          client.say("ABOR\r\n");
          client.expect("150");
          assertThat(client.hear()).as("round " + round + ", seed " + seed).matches("(226|426) .*");
          client.expect("226");
          assertThat(client.ask("PWD")).startsWith("257 ");
          reader.join();
        }
      }
    }
  }

  private static void drop(Socket data) {
    byte[] dropped = new byte[1 << 14];
    try {
      while (data.getInputStream().read(dropped) >= 0) {
        pause(200);
      }
    } catch (IOException e) {
      return; // It was aborted.
    }
  }

  /** Nobody may be left who waits for a client that waits for the server. */
  @Test
  void aDrainMeetsEverybodyWhateverTheyDo() throws Exception {
    for (int round = 0; round < ROUNDS / 3; round++) {
      try (ServerUnderTest server = ServerUnderTest.start();
          RawClient client = server.alice()) {
        server.backend.files.put("/x", new byte[100_000]);
        var busy = CompletableFuture.supplyAsync(() -> work(client));
        pause(random.nextInt(30_000));
        boolean ended = server.front.drain("over", Deadline.after(Duration.ofSeconds(10)));
        assertThat(ended).as("round " + round + ", seed " + seed).isTrue();
        assertThat(busy.get(10, TimeUnit.SECONDS))
            .as("round " + round + ", seed " + seed)
            .isEqualTo("421 Closing: over.");
      }
    }
  }

  /** Whoever reads just then is woken; the upload is whole all the same. */
  @Test
  void aDrainMayComeWhenAListenerBegins() throws Exception {
    for (int round = 0; round < ROUNDS / 3; round++) {
      try (ServerUnderTest server = ServerUnderTest.start();
          RawClient client = server.alice();
          Socket data = client.passive()) {
        client.say("STOR x\r\n").expect("150");
        data.getOutputStream().write(new byte[1000]);
        pause(30_000 + random.nextInt(25_000));
        var drained = CompletableFuture.supplyAsync(() -> drain(server));
        pause(random.nextInt(25_000));
        data.shutdownOutput();

        assertThat(client.hear()).as("round " + round + ", seed " + seed).startsWith("226 ");
        assertThat(client.hear()).isEqualTo("421 Closing: over.");
        assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.backend.files).containsKey("/x");
      }
    }
  }

  private static boolean drain(ServerUnderTest server) {
    try {
      return server.front.drain("over", Deadline.after(Duration.ofSeconds(10)));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Uploads, downloads and small commands until the server says goodbye. */
  private static String work(RawClient client) {
    try {
      for (int i = 0; i < 10_000; i++) {
        client.say("NOOP\r\n");
        String reply = client.hear();
        if (reply.startsWith("421")) {
          return reply;
        }
        client.say("EPSV\r\n");
        reply = client.hear();
        if (reply.startsWith("421")) {
          return reply;
        }
        int port = Integer.parseInt(reply.replaceAll(".*\\|\\|\\|(\\d+)\\|.*", "$1"));
        upload(client, port);
        reply = client.hear();
        if (reply.startsWith("421")) {
          return reply;
        }
        reply = client.hear();
        if (!reply.startsWith("226")) {
          return reply;
        }
      }
      return "no end";
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The port may be closed already: then the reason is there to be read. */
  private static void upload(RawClient client, int port) {
    try (Socket data = client.data(port)) {
      client.say("STOR up\r\n");
      data.getOutputStream().write(new byte[1000]);
    } catch (IOException e) {
      return;
    }
  }

  /**
   * A command that comes as the session is chosen: it is served, or the 421 comes; never nothing.
   */
  @Test
  void whoGivesWayIsToldWheneverThatIs() throws Exception {
    Limit one = new Limit(1, new Policy.ReplaceIdle(Duration.ZERO, 1));
    Rules rules = Rules.standard().withConnections(Map.of(LimitScope.PREFIX, one));
    try (ServerUnderTest server = ServerUnderTest.setup().rules(rules).start()) {
      RawClient last = server.alice();
      for (int round = 0; round < ROUNDS; round++) {
        RawClient old = last;
        var told = CompletableFuture.supplyAsync(() -> talk(old));
        pause(random.nextInt(3000));
        last = loggedIn(server);
        assertThat(told.get(10, TimeUnit.SECONDS))
            .as("round " + round + ", seed " + seed)
            .startsWith("421 Closed to make room");
        old.close();
      }
      last.close();
    }
  }

  /** Who is busy at just that moment is not chosen; then the newcomer comes again. */
  private static RawClient loggedIn(ServerUnderTest server) throws IOException {
    for (int i = 0; i < 500; i++) {
      RawClient client = RawClient.connect(server.address());
      String reply = client.hear();
      if (reply.startsWith("220 ")) {
        client.say("USER alice\r\n").expect("331");
        reply = client.ask("PASS secret");
      }
      if (reply.startsWith("230 ")) {
        return client;
      }
      client.close();
    }
    throw new IOException("never let in");
  }

  private static String talk(RawClient client) {
    try {
      for (int i = 0; i < 100_000; i++) {
        String reply = client.ask("NOOP");
        if (!reply.startsWith("200")) {
          return reply;
        }
      }
      return "no end";
    } catch (EOFException e) {
      return "closed without a word";
    } catch (IOException e) {
      return e.toString();
    }
  }
}
