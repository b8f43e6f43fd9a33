package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.limits.Pressure;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a transfer may stand still. */
class GivingWayRuleTest {
  private static final GivingWay RULE =
      new GivingWay(Duration.ofSeconds(100), Duration.ofSeconds(10));

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, true, 10000",
    "0, 5, 1, true, 10000",
    "0, 10, 1, true, 5000",
    "0, 10, 4, true, 10000",
    "0, 40, 1, true, 3000",
    "0, 40, 1, false, 1250",
    "0, 1000, 1, false, 1000",
    "1, 0, 1, true, 5000",
    "2, 5, 1, false, 2500",
    "50, 0, 1, true, 3000",
  })
  void theMoreWaitTheLess(int brief, int longer, int running, boolean hasMoved, long millis) {
    assertThat(RULE.patience(new Pressure(brief, longer), running, hasMoved))
        .isEqualTo(Duration.ofMillis(millis));
  }
}
