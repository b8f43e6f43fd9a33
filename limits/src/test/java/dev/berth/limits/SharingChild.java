package dev.berth.limits;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.SteadyClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/**
 * A program that shares a budget with others: connects and ends again and again, from two threads,
 * and prints the longest wait. The one who started it counts the connections.
 */
final class SharingChild {
  private static final Deadline END = Deadline.after(Duration.ofSeconds(60));
  private static final Account ALICE = new Account("alice");

  private SharingChild() {}

  /**
   * Runs.
   *
   * @param arguments the common folder, the port, the limit, how many connections, a seed
   */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[3]);
    LimitSettings settings =
        LimitSettings.standard()
            .withMost(Integer.parseInt(arguments[2]))
            .withSettle(Duration.ofMillis(30));
    SteadyClock clock = SteadyClock.startingNow();
    SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[4]));
    Budget<Socket> budget =
        new Budget<>(
            BudgetName.of("server", port),
            settings,
            clock,
            random,
            new LimitLearner(settings).first(clock.instant()));
    ProcessName self = new ProcessName(ProcessHandle.current().pid(), "somebody", "child");
    CountDownLatch ended = new CountDownLatch(2);
    try (Sharing sharing =
        Sharing.start(
            Neighbourhood.in(Path.of(arguments[0])),
            budget,
            self,
            why -> System.out.println("fault: " + why))) {
      for (int n = 0; n < 2; n++) {
        SplittableRandom own = random.split();
        Thread.ofPlatform().start(() -> work(budget, port, rounds / 2, own, ended));
      }
      ended.await();
      assert sharing != null;
    }
  }

  private static void work(
      Budget<Socket> budget, int port, int rounds, SplittableRandom random, CountDownLatch ended) {
    try {
      for (int round = 0; round < rounds; round++) {
        once(budget, port, random.nextInt(1, 20));
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      System.out.println("fault: " + e);
    } finally {
      ended.countDown();
    }
  }

  private static void once(Budget<Socket> budget, int port, int millis)
      throws IOException, InterruptedException {
    long asked = System.nanoTime();
    Grant<Socket> grant = budget.take(ALICE, END);
    System.out.println("waited: " + (System.nanoTime() - asked) / 1_000_000);
    if (!(grant instanceof Grant.Open<Socket> open)) {
      throw new IllegalStateException("no right to open: " + grant);
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      open.permit().opened(socket);
      transfer(socket, millis);
      open.permit().leaving();
    }
    open.permit().left();
  }

  /** So long as a transfer takes: the server never says anything. */
  private static void transfer(Socket socket, int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      throw new IllegalStateException("heard " + socket.getInputStream().read());
    } catch (SocketTimeoutException over) {
      socket.setSoTimeout(0);
    }
  }
}
