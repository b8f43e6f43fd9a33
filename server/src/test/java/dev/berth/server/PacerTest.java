package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.session.Throttle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PacerTest {
  @TempDir Path home;

  private static Duration took(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  @Test
  void allSessionsOfAnAccountTogetherKeepItsRate() throws Exception {
    Rates rates = new Rates(new Bound.AtMost(1_000_000), new Bound.None());
    FileBackend backend = Site.backend(Site.account(home).with(rates));
    List<Throttle> sessions = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      sessions.add(Site.visit(backend).throttle());
    }
    long start = System.nanoTime();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (Throttle session : sessions) {
        all.add(
            threads.submit(() -> {
              for (int piece = 0; piece < 10; piece++) {
                session.retrieved(10_000);
                session.stored(1_000_000);
              }
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }

    // 400,000 bytes: 0.4 s less the credit, and no bound above on a busy machine but a loose one.
    assertThat(took(start)).isBetween(Duration.ofMillis(290), Duration.ofSeconds(10));
  }

  @Test
  void whoWaitsHoldsNobodyUp() throws Exception {
    Pacer pacer = new Pacer(new Bound.AtMost(1_000_000));
    long start = System.nanoTime();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int n = 0; n < 20; n++) {
        all.add(
            threads.submit(() -> {
              pacer.pay(20_000);
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }

    assertThat(took(start)).isBetween(Duration.ofMillis(290), Duration.ofSeconds(10));
  }

  @Test
  void anInterruptEndsTheWait() {
    Pacer slow = new Pacer(new Bound.AtMost(Pacer.LEAST));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> slow.pay(1_000_000)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void withoutARateNobodyWaits() throws Exception {
    new Pacer(new Bound.None()).pay(Long.MAX_VALUE); // else until the test's time is over
  }

  @Test
  void aRateOfNextToNothingIsRefused() {
    assertThatThrownBy(() -> new Rates(new Bound.None(), new Bound.AtMost(10)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void newRatesCountFromTheNextLogin() throws Exception {
    Rates slow = new Rates(new Bound.AtMost(Pacer.LEAST), new Bound.None());
    FileBackend backend = Site.backend(Site.account(home).with(slow));
    Throttle before = Site.visit(backend).throttle();

    backend.replace(List.of(Site.account(home)));

    assertThat(Site.visit(backend).throttle()).isNotSameAs(before);
    Site.visit(backend).throttle().retrieved(Long.MAX_VALUE);
  }
}
