package dev.berth.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandstillTest {
  private final Standstill standstill = new Standstill();

  /** Waits until the clock has moved. */
  private static void tick() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < 1000) {
      Thread.onSpinWait();
    }
  }

  @Test
  void nothingIsCountedWhileNobodyWaits() {
    tick();

    assertThat(standstill.total()).isEqualTo(Duration.ZERO);
    assertThat(standstill.isAnyAtWork()).isFalse();
  }

  @Test
  void aWaitIsCountedWhileNobodyWorks() {
    standstill.waits();
    tick();

    Duration soFar = standstill.total();
    assertThat(soFar).isPositive();
    standstill.givesUp();
    Duration atTheEnd = standstill.total();
    tick();
    assertThat(standstill.total()).isEqualTo(atTheEnd).isGreaterThanOrEqualTo(soFar);
  }

  @Test
  void aLoginIsNoWaitForAPlace() {
    standstill.opens();
    standstill.waits();
    tick();

    assertThat(standstill.total()).isEqualTo(Duration.ZERO);
    assertThat(standstill.isAnyAtWork()).isFalse();
    standstill.opened();
    tick();
    assertThat(standstill.total()).isPositive();
  }

  @Test
  void aWaitIsNotCountedWhileSomebodyWorks() {
    standstill.waits();
    standstill.worksAfterWaiting();
    Duration before = standstill.total();
    standstill.waits();
    tick();

    assertThat(standstill.isAnyAtWork()).isTrue();
    assertThat(standstill.total()).isEqualTo(before);
    standstill.ends();
    tick();
    assertThat(standstill.isAnyAtWork()).isFalse();
    assertThat(standstill.total()).isGreaterThan(before);
  }
}
