package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitSettingsTest {
  @Test
  void everyFaultIsReportedAtOnce() {
    LimitSettings good = LimitSettings.standard();

    assertThatThrownBy(() ->
            new LimitSettings(
                new LimitSettings.Seed(0),
                0,
                Duration.ZERO,
                good.longestProbe(),
                good.firstProbe(),
                good.firstRecovery(),
                good.longestRecovery(),
                good.fade(),
                good.banPause(),
                good.longestBanPause(),
                good.longestSilence(),
                Duration.ofMillis(-1),
                good.patience(),
                0,
                -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "start", "most", "pause", "longestProbe", "settle", "mostWaiters", "reserve");
  }

  @Test
  void aConfiguredLimitIsAlsoTheMost() {
    LimitSettings settings = LimitSettings.standard().withConfigured(3);

    assertThat(settings.most()).isEqualTo(3);
    assertThat(settings.start()).isEqualTo(new LimitSettings.Configured(3));
  }
}
