package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.limits.LimitSettings;
import dev.berth.testkit.PeersOrSkip;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred curls at once and fifty sessions that idle beside them, before a server that takes two
 * connections, of which nobody has told the gateway. Prints how long they waited, asserts no time.
 */
@ExtendWith(PeersOrSkip.class)
@Timeout(240)
final class CrowdTest {
  private static final int CURLS = 100;
  private static final int IDLE = 50;
  private static final int STEADY = 10;
  private static final int TRANSFERS = 300;
  private static final double FAIR = 0.95;
  private static final byte[] CONTENT = Column.content(100_000);

  @TempDir Path folder;

  @Test
  void allArriveAndTheServerRefusesOnceAtTheMost() throws Exception {
    LimitedServer limited = LimitedServer.VSFTPD_2;
    try (Server server = Server.start(limited.kind(), limited.settings());
        OurGateway gateway = OurGateway.before(server, LimitSettings.standard())) {
      Files.write(server.root().resolve("file"), CONTENT);
      Path up = Files.createDirectory(server.root().resolve("up"));
      server.peer().own();
      try (Idlers idlers = new Idlers(gateway)) {
        List<CompletableFuture<Curl>> curls = new ArrayList<>();
        for (int i = 0; i < CURLS; i++) {
          curls.add(Curl.start(gateway, folder, i).ended());
        }
        List<Curl> all = new ArrayList<>();
        for (CompletableFuture<Curl> curl : curls) {
          all.add(curl.get(120, TimeUnit.SECONDS));
        }

        for (Curl curl : all) {
          assertThat(curl.process().exitValue()).as(() -> curl.said()).isZero();
          assertThat(curl.isUpload() ? up.resolve(curl.name()) : curl.local())
              .hasBinaryContent(CONTENT);
        }
        assertThat(idlers.stop()).as("commands of the idle").isGreaterThan(0);
        print(all);
      }
      assertThat(server.tap().mostAdmittedAtOnce()).isLessThanOrEqualTo(limited.limit());
      assertThat(server.tap().refused()).as("taught by").isLessThanOrEqualTo(1);
    }
  }

  private static void print(List<Curl> all) {
    double[] seconds = all.stream().mapToDouble(Curl::seconds).sorted().toArray();
    System.out.printf(
        "%d curls at once: the median one took %.1f s, the longest %.1f s; Jain's index of times"
            + " %.3f%n",
        seconds.length,
        seconds[seconds.length / 2],
        seconds[seconds.length - 1],
        jain(DoubleStream.of(seconds)));
  }

  /** 1 if all have the same, 1/n if one has everything (Jain, Chiu and Hawe, 1984). */
  private static double jain(DoubleStream shares) {
    double[] all = shares.toArray();
    double sum = DoubleStream.of(all).sum();
    return sum * sum / (all.length * DoubleStream.of(all).map(share -> share * share).sum());
  }

  /** Of whom asks again and again, the share does not hang on when it was started. */
  @Test
  void whoAsksAgainAndAgainGetsAFairShare() throws Exception {
    LimitedServer limited = LimitedServer.VSFTPD_2;
    try (Server server = Server.start(limited.kind(), limited.settings());
        OurGateway gateway = OurGateway.before(server, LimitSettings.standard())) {
      Files.write(server.root().resolve("file"), CONTENT);
      server.peer().own();
      AtomicInteger left = new AtomicInteger(TRANSFERS);
      CountDownLatch together = new CountDownLatch(STEADY);
      List<CompletableFuture<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < STEADY; i++) {
        CompletableFuture<Integer> count = new CompletableFuture<>();
        counts.add(count);
        Thread.ofVirtual().start(() -> fetch(gateway, together, left, count));
      }
      List<Integer> shares = new ArrayList<>();
      for (CompletableFuture<Integer> count : counts) {
        shares.add(count.get(120, TimeUnit.SECONDS));
      }

      double fairness = jain(shares.stream().mapToDouble(share -> share));
      System.out.printf("transfers of equal clients %s: Jain's index %.3f%n", shares, fairness);
      assertThat(shares.stream().mapToInt(share -> share).sum()).isEqualTo(TRANSFERS);
      assertThat(fairness).isGreaterThanOrEqualTo(FAIR);
      assertThat(server.tap().refused()).isLessThanOrEqualTo(1);
    }
  }

  private static void fetch(
      OurGateway gateway,
      CountDownLatch together,
      AtomicInteger left,
      CompletableFuture<Integer> count) {
    try (RawClient client = gateway.client()) {
      client.say("TYPE I\r\n").expect("200");
      client.receive("RETR file"); // The limit is found out before they are counted.
      together.countDown();
      together.await(60, TimeUnit.SECONDS);
      int done = 0;
      for (; left.getAndDecrement() > 0; done++) {
        assertThat(client.receive("RETR file")).isEqualTo(CONTENT);
      }
      count.complete(done);
    } catch (IOException | InterruptedException | AssertionError e) {
      count.completeExceptionally(e);
    }
  }

  /** One curl, for one file. */
  private record Curl(
      int number, Process process, Path local, Path output, long beganNanos, long endedNanos) {
    static Curl start(OurGateway gateway, Path folder, int number) throws IOException {
      Path local = folder.resolve("local-" + number);
      Path output = folder.resolve("said-" + number);
      String site = "ftp://127.0.0.1:" + gateway.port() + "/";
      List<String> command =
          new ArrayList<>(List.of("curl", "-sS", "-u", Server.USER + ":" + Server.PASSWORD));
      if (isUpload(number)) {
        Files.write(local, CONTENT);
        command.addAll(List.of("-T", "" + local, site + "up/" + name(number)));
      } else {
        command.addAll(List.of("-o", "" + local, site + "file"));
      }
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      long now = System.nanoTime();
      return new Curl(number, process, local, output, now, now);
    }

    CompletableFuture<Curl> ended() {
      return process
          .onExit()
          .thenApply(gone -> new Curl(number, gone, local, output, beganNanos, System.nanoTime()));
    }

    boolean isUpload() {
      return isUpload(number);
    }

    private static boolean isUpload(int number) {
      return number % 2 == 1;
    }

    String name() {
      return name(number);
    }

    private static String name(int number) {
      return "file-" + number;
    }

    double seconds() {
      return (endedNanos - beganNanos) / 1e9;
    }

    String said() {
      try {
        return "curl " + number + ": " + Files.readString(output);
      } catch (IOException e) {
        return "curl " + number + ": " + e;
      }
    }
  }

  /** As FileZilla does between what its user does: logged in, and now and then a command. */
  private static final class Idlers implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;
    private static final List<String> KEEPING_ALIVE = List.of("PWD", "TYPE I", "NOOP");

    private final List<RawClient> clients = new ArrayList<>();
    private final CompletableFuture<Integer> asked = new CompletableFuture<>();
    private final CountDownLatch over = new CountDownLatch(1);

    Idlers(OurGateway gateway) throws IOException {
      for (int i = 0; i < IDLE; i++) {
        clients.add(gateway.client());
      }
      Thread.ofVirtual().name("idlers").start(this::keepAlive);
    }

    private void keepAlive() {
      int commands = 0;
      try {
        while (!over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          for (RawClient client : clients) {
            String reply = client.ask(KEEPING_ALIVE.get(commands++ % KEEPING_ALIVE.size()));
            assertThat(reply).startsWith("2");
          }
        }
        asked.complete(commands);
      } catch (IOException | InterruptedException | AssertionError e) {
        asked.completeExceptionally(e);
      }
    }

    /** How many commands were answered; fails if one was not. */
    int stop() throws Exception {
      over.countDown();
      return asked.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
      over.countDown();
      for (RawClient client : clients) {
        client.close();
      }
    }
  }
}
