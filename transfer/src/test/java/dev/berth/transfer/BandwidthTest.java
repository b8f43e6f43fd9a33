package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BandwidthTest {
  private static Duration took(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  @Test
  void allWhoShareItTogetherKeepTheRate() throws Exception {
    Bandwidth bandwidth = Bandwidth.of(1_000_000);
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int n = 0; n < 4; n++) {
        all.add(
            threads.submit(() -> {
              for (int piece = 0; piece < 10; piece++) {
                bandwidth.pay(10_000);
              }
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    // 400,000 bytes: 0.4 s less the credit, and no bound above on a busy machine but a loose one.
    assertThat(took(start)).isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
  }

  @Test
  void aPauseIsFollowedByNoBurst() throws Exception {
    Bandwidth bandwidth = Bandwidth.of(1_000_000);
    bandwidth.pay(1_000_000); // A whole second without a use: all but a tenth of it is lost.
    Bandwidth.of(1_000_000).pay(600_000);
    long start = System.nanoTime();

    bandwidth.pay(400_000);

    assertThat(took(start)).isGreaterThan(Duration.ofMillis(290));
  }

  @Test
  void withoutALimitNobodyWaits() throws Exception {
    Bandwidth.unlimited().pay(Long.MAX_VALUE); // else until the test's time is over
  }

  @Test
  void anInterruptEndsTheWait() {
    Bandwidth slow = Bandwidth.of(Bandwidth.LEAST);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> slow.pay(1_000_000)).isInstanceOf(InterruptedException.class);
    assertThatThrownBy(
            () -> {
              Thread.currentThread().interrupt();
              new Ledger(new Heard(), slow).moved(1_000_000);
            })
        .isInstanceOf(java.nio.channels.ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aRateOfNextToNothingIsRefused() {
    assertThatThrownBy(() -> Bandwidth.of(10)).isInstanceOf(IllegalArgumentException.class);
  }
}
