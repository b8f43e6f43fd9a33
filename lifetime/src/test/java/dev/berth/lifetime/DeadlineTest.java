package dev.berth.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  @Test
  void negativeWaitsAreOverAtOnce() {
    assertThat(Deadline.after(Duration.ofSeconds(-1)).isOver()).isTrue();
    assertThat(Deadline.after(Duration.ofSeconds(Long.MIN_VALUE)).isOver()).isTrue();
    assertThat(Deadline.after(Duration.ZERO).remaining()).isZero();
  }

  @Test
  void theLongestWaitIsNotOver() {
    var forever = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(forever.isOver()).isFalse();
    assertThat(forever.remaining()).isGreaterThan(Duration.ofDays(365 * 70));
  }

  @Test
  void earlierPicksTheOneThatComesFirst() {
    var soon = Deadline.after(Duration.ofSeconds(1));
    var late = Deadline.after(Duration.ofDays(1));
    assertThat(soon.earlier(late)).isSameAs(soon);
    assertThat(late.earlier(soon)).isSameAs(soon);
    assertThat(soon.atMost(Duration.ofHours(1))).isSameAs(soon);
    assertThat(late.atMost(Duration.ofHours(1)).remaining()).isLessThan(Duration.ofHours(2));
  }
}
