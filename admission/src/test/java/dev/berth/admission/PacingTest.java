package dev.berth.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who hammers hears of it later and later; what is remembered of them is bounded. */
class PacingTest {
  private static final Network LOUD = Network.parse("192.0.2.1");
  private static final Pacing PACING =
      new Pacing(
          2, Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(60), 100, 100, 100);
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final HeldBack heldBack = new HeldBack();

  private List<Long> seconds(Network prefix, Pacing pacing, Instant now, int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> heldBack.next(prefix, pacing, now).heldBack().toSeconds())
        .toList();
  }

  @Test
  void theFirstFewCostNothingAndThenItDoublesToABound() {
    assertThat(seconds(LOUD, PACING, NOW, 6)).containsExactly(0L, 0L, 1L, 2L, 4L, 4L);
    assertThat(heldBack.next(Network.parse("192.0.2.2"), PACING, NOW).heldBack()).isZero();
  }

  @Test
  void itIsForgottenInTime() {
    seconds(LOUD, PACING, NOW, 6);

    assertThat(seconds(LOUD, PACING, NOW.plusSeconds(600), 3)).containsExactly(0L, 0L, 1L);
  }

  @Test
  void beyondSoManyHeldBackRefusalsComeAtOnce() {
    Pacing few =
        new Pacing(
            0, Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(60), 3, 2, 100);
    assertThat(seconds(LOUD, few, NOW, 3)).containsExactly(1L, 2L, 0L);
    assertThat(seconds(Network.parse("192.0.2.2"), few, NOW, 2)).containsExactly(1L, 0L);

    assertThat(seconds(LOUD, few, NOW.plusSeconds(2), 1)).containsExactly(4L);
  }

  @Test
  void aStormFromManyPrefixesGrowsNothing() {
    for (int i = 0; i < 1000; i++) {
      heldBack.next(Network.parse("192.0." + i / 256 + "." + i % 256), PACING, NOW);
    }

    assertThat(heldBack.remembered()).isEqualTo(100);
  }

  @Test
  void refusedArrivalsCountNowhereAndComeBackLater() {
    Door door =
        new Door(Door.rules(Map.of(LimitScope.PREFIX, Limit.refusing(1))).withPacing(PACING));
    door.in("192.0.2.1");

    List<Duration> waits =
        IntStream.range(0, 4)
            .mapToObj(i -> ((Verdict.TurnedAway<Slot>) door.arrive("192.0.2.1")).heldBack())
            .toList();

    assertThat(waits)
        .containsExactly(
            Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(door.present()).isOne();
    door.in("192.0.2.2");
  }
}
