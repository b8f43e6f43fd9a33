package dev.berth.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  @Test
  void startsWhereItIsTold() {
    Instant start = Instant.parse("1999-12-31T23:59:59Z");

    assertThat(SteadyClock.startingAt(start).instant()).isBetween(start, start.plusSeconds(10));
  }

  @Test
  void startsNowAtTheWallClock() {
    Instant before = InstantSource.system().instant();

    assertThat(SteadyClock.startingNow().instant()).isBetween(before, before.plusSeconds(10));
  }

  @Test
  void advancesWithTheMonotonicClockAndNeverBackwards() {
    SteadyClock clock = SteadyClock.startingNow();
    Instant first = clock.instant();
    long nanos = System.nanoTime();
    while (System.nanoTime() - nanos < 2_000_000) {
      Thread.onSpinWait();
    }

    assertThat(clock.instant()).isAfterOrEqualTo(first.plusNanos(2_000_000));
  }
}
