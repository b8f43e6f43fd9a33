package dev.berth.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What failed logins cost, checked as a whole.
 *
 * @param prefixes how much of an address is held to account as one
 * @param exempt networks that are never delayed nor banned
 * @param window for how long a failed login is remembered; more than zero
 * @param firstDelay what the first one costs; it doubles with each in the window; more than zero
 * @param longestDelay to what that grows; at least {@code firstDelay}, at most 60 s
 * @param failures after how many in the window the prefix is banned; 2 to 1,000
 * @param ban for how long; more than zero
 * @param mostPrefixes of how many prefixes failures are remembered, and as many bans; the oldest
 *     are forgotten; 1 to 1,000,000
 */
public record GuardRules(
    Rules.PrefixLengths prefixes,
    List<Network> exempt,
    Duration window,
    Duration firstDelay,
    Duration longestDelay,
    int failures,
    Duration ban,
    int mostPrefixes) {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  public GuardRules {
    List<String> faults = new ArrayList<>();
    Words.check(faults, Words.isPositive(window), "window", window, "more than zero");
    Words.check(faults, Words.isPositive(firstDelay), "firstDelay", firstDelay, "more than zero");
    Words.check(
        faults,
        longestDelay.compareTo(firstDelay) >= 0 && longestDelay.compareTo(LONGEST) <= 0,
        "longestDelay",
        longestDelay,
        "firstDelay to " + LONGEST);
    Words.check(faults, failures >= 2 && failures <= 1_000, "failures", failures, "2 to 1,000");
    Words.check(faults, Words.isPositive(ban), "ban", ban, "more than zero");
    Words.check(
        faults,
        mostPrefixes >= 1 && mostPrefixes <= 1_000_000,
        "mostPrefixes",
        mostPrefixes,
        "1 to 1,000,000");
    Words.stop("failed logins", faults);
    exempt = List.copyOf(exempt);
  }

  /**
   * What holds when nothing is set: 500 ms, 1 s, 2 s, 4 s for each failure within 10 minutes, and a
   * ban of 15 minutes after the tenth.
   */
  public static GuardRules standard() {
    return new GuardRules(
        new Rules.PrefixLengths(32, 64),
        List.of(),
        Duration.ofMinutes(10),
        Duration.ofMillis(500),
        Duration.ofSeconds(4),
        10,
        Duration.ofMinutes(15),
        10_000);
  }
}
