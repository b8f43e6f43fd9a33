package dev.berth.admission;

import java.time.Duration;

/** A time that is twice as long each time, up to a longest. */
record Doubling(Duration first, Duration longest) {
  /** The time of the first, the second, ... time; nothing before the first. */
  Duration at(long count) {
    if (count < 1) {
      return Duration.ZERO;
    }
    Duration grown = first.multipliedBy(1L << Math.min(count - 1, 30));
    return grown.compareTo(longest) > 0 ? longest : grown;
  }
}
