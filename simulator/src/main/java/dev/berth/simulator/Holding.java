package dev.berth.simulator;

import dev.berth.lifetime.Pause;
import java.time.Duration;

/** Holds a reply back, where nothing may be thrown. */
final class Holding {
  private Holding() {}

  /** Waits; a thread that is interrupted goes on at once, with its flag set. */
  static void back(Duration time) {
    if (time.isZero()) {
      return;
    }
    try {
      Pause.of(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
