package dev.berth.simulator;

import java.time.Duration;
import java.util.List;

/**
 * What a mask says on one occasion.
 *
 * @param key the occasion: {@code USER 331}, {@code greeting}, {@code ends idle}; {@code *} for any
 * @param begins only where our own reply begins so; empty for any
 * @param after so late
 * @param isLast whether the session ends behind it
 * @param lines of the reply, without line ends; none for an end without a word
 */
record Row(String key, String begins, Duration after, boolean isLast, List<String> lines) {
  Row {
    lines = List.copyOf(lines);
  }
}
