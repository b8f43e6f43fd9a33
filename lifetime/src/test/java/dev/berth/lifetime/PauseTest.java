package dev.berth.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PauseTest {
  @Test
  void itLastsAsLongAsItIsAskedTo() throws InterruptedException {
    long begin = System.nanoTime();

    Pause.of(Duration.ofMillis(30));

    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(30_000_000);
  }

  @Test
  void anInterruptEndsIt() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Pause.of(Duration.ofHours(1)))
        .isInstanceOf(InterruptedException.class);
  }
}
