package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What counts as standing still. */
class StallTest {
  private static final long SECOND = 1_000_000_000L;

  private static final Stall BEGUN = Stall.begun(0);

  @Test
  void whoMovesNothingStandsStillFromTheBeginning() {
    Stall stall = BEGUN.next(0, true, 2 * SECOND).next(1, true, 4 * SECOND);

    assertThat(stall.lasts(5 * SECOND)).isEqualTo(Duration.ofSeconds(5));
    assertThat(stall.hasMoved()).isFalse();
  }

  @Test
  void aDribbleIsNoProgress() {
    Stall stall = BEGUN;
    for (int i = 1; i <= 10; i++) {
      stall = stall.next(i * 100L, true, i * SECOND);
    }

    assertThat(stall.lasts(10 * SECOND)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void whoIsSlowAndMovesDoesNotStandStill() {
    Stall stall = BEGUN;
    for (int i = 1; i <= 10; i++) {
      stall = stall.next(i * 3000L, true, i * SECOND);
    }

    assertThat(stall.lasts(10 * SECOND)).isLessThan(Duration.ofSeconds(2));
    assertThat(stall.hasMoved()).isTrue();
  }

  @Test
  void itIsNotTheClientsFaultThatTheServerTakesItsTime() {
    Stall stall = BEGUN.next(0, false, 60 * SECOND).next(0, true, 61 * SECOND);

    assertThat(stall.lasts(61 * SECOND)).isEqualTo(Duration.ofSeconds(1));
    assertThat(BEGUN.next(0, false, SECOND / 2).stood(SECOND)).isZero();
  }

  @Test
  void stallsAddUpAndUsualPausesDoNot() {
    Stall stall =
        BEGUN
            .next(10_000, true, 3 * SECOND)
            .next(20_000, true, 3 * SECOND + SECOND / 2)
            .next(30_000, true, 5 * SECOND + SECOND / 2);

    assertThat(stall.stood(6 * SECOND)).isEqualTo(Duration.ofSeconds(5));
    assertThat(stall.stood(7 * SECOND)).isEqualTo(Duration.ofMillis(6500));
  }
}
