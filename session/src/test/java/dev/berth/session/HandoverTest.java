package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.admission.Admission;
import dev.berth.admission.GuardRules;
import dev.berth.admission.LoginGuard;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.SteadyClock;
import dev.berth.testkit.Await;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two fronts on one port, of which one ends. */
@Timeout(60)
final class HandoverTest {
  private static final int MOST_SESSIONS = 4000;
  private static final int HANDOVERS = 5;

  private static ServerSocketChannel door(int port) throws IOException {
    return ServerSocketChannel.open()
        .setOption(StandardSocketOptions.SO_REUSEPORT, true)
        .bind(new InetSocketAddress("127.0.0.1", port), 1024);
  }

  private static Front front(ServerSocketChannel door) throws IOException {
    return Front.open(
        List.of(ListenerSettings.plain("main", (InetSocketAddress) door.getLocalAddress())),
        List.of(door),
        FrontSettings.usual(),
        new MemoryBackend(),
        new Admission(ServerUnderTest.unlimited(), SteadyClock.startingNow()),
        new LoginGuard(GuardRules.standard(), SteadyClock.startingNow()),
        Optional.empty());
  }

  /**
   * One whole session.
   *
   * @return false if the system lost it before its greeting: it reset what it had given to the old
   *     listener between that one's last look and its close
   */
  private static boolean brief(InetSocketAddress address) throws IOException {
    try (RawClient client = RawClient.connect(address)) {
      String greeting;
      try {
        greeting = client.hear();
      } catch (SocketException reset) {
        return false;
      }
      assertThat(greeting).startsWith("220");
      client.say("USER alice\r\n").expect("331");
      client.say("PASS secret\r\n").expect("230");
      assertThat(client.ask("PWD")).startsWith("257");
      assertThat(client.ask("QUIT")).startsWith("221");
      return true;
    }
  }

  /** The port is handed over again and again, while brief sessions come without a pause. */
  @Test
  void noBriefSessionFailsWhileOneFrontTakesOverFromAnother() throws Exception {
    ServerSocketChannel first = door(0);
    InetSocketAddress address = (InetSocketAddress) first.getLocalAddress();
    Front front = front(first);
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger done = new AtomicInteger();
    AtomicInteger lost = new AtomicInteger();
    CompletableFuture<Void> clients =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (!isOver.get() && done.get() < MOST_SESSIONS) {
                  lost.addAndGet(brief(address) ? 0 : 1);
                  done.incrementAndGet();
                }
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            },
            task -> Thread.ofVirtual().start(task));
    List<Boolean> ends = new ArrayList<>();
    for (int i = 0; i < HANDOVERS; i++) {
      Front next = front(door(address.getPort()));
      ends.add(front.drain("another takes over", Deadline.after(Duration.ofSeconds(10))));
      front.close();
      front = next;
      int enough = done.get() + 20;
      Await.until(
          Duration.ofSeconds(10), "sessions go on", () -> done.get() >= enough || clients.isDone());
    }
    isOver.set(true);

    clients.get(20, TimeUnit.SECONDS);
    assertThat(done).hasValueGreaterThanOrEqualTo(20 * HANDOVERS);
    assertThat(lost).hasValueLessThanOrEqualTo(HANDOVERS);
    assertThat(ends).containsOnly(true);
    front.close();
  }

  @Test
  void whoHasConnectedBeforeItLeavesIsServed() throws Exception {
    ServerSocketChannel door = door(0);
    InetSocketAddress address = (InetSocketAddress) door.getLocalAddress();
    Handover handover = Handover.of(door);
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(RawClient.connect(address));
    }
    Thread leaver =
        Thread.ofVirtual()
            .start(() -> {
              try {
                handover.leave(Deadline.after(Duration.ofSeconds(10)));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    int accepted = 0;
    try {
      while (true) {
        handover.accept().close();
        accepted++;
      }
    } catch (java.nio.channels.ClosedChannelException end) {
      leaver.join();
    }

    assertThat(accepted).isEqualTo(clients.size());
    assertThat(door.isOpen()).isFalse();
    assertThatThrownBy(() -> RawClient.connect(address)).isInstanceOf(ConnectException.class);
    for (RawClient client : clients) {
      client.close();
    }
    handover.close();
  }

  @Test
  void whoIsIdleForLongIsToldAndWhoIsNotMayGoOn() throws Exception {
    ServerSocketChannel door = door(0);
    InetSocketAddress address = (InetSocketAddress) door.getLocalAddress();
    try (Front front = front(door);
        RawClient idle = RawClient.loggedIn(address, "alice", "secret")) {
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return front.drain("ended", Deadline.after(Duration.ofSeconds(30)));
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              },
              task -> Thread.ofVirtual().start(task));

      Await.until(Duration.ofSeconds(10), "it listens no more", () -> !door.isOpen());
      for (int i = 0; i < 20; i++) {
        assertThat(idle.ask("NOOP")).startsWith("200");
      }
      assertThat(idle.hear()).isEqualTo("421 Closing: ended.");
      assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
