package dev.berth.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast bytes moved over the last ten seconds. Confined to one thread. */
final class Rate {
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  private record Sample(long bytes, long nanos) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * Takes note of how much has moved.
   *
   * @param bytesMoved since the beginning
   * @param now on the clock of {@link System#nanoTime}
   */
  void note(long bytesMoved, Instant now) {
    samples.addLast(new Sample(bytesMoved, now.nanos()));
    while (samples.size() > 2 && now.nanos() - samples.getFirst().nanos() > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }

  /** A moment on the clock of {@link System#nanoTime}. */
  record Instant(long nanos) {}

  /** Bytes a second; not known before two notes half a second apart. */
  Optional<Long> bytesPerSecond() {
    if (samples.isEmpty()) {
      return Optional.empty();
    }
    long nanos = samples.getLast().nanos() - samples.getFirst().nanos();
    if (nanos < 500_000_000L) {
      return Optional.empty();
    }
    double bytes = samples.getLast().bytes() - samples.getFirst().bytes();
    return Optional.of((long) (bytes * 1e9 / nanos));
  }

  /** How long the rest takes at this rate; not known while nothing moves. */
  Optional<Duration> timeFor(long bytesLeft) {
    return bytesPerSecond()
        .filter(rate -> rate > 0)
        .map(rate -> Duration.ofSeconds(Math.max(0, bytesLeft) / rate));
  }
}
