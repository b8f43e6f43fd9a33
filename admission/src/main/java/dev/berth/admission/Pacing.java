package dev.berth.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How refusals are held back from a prefix that comes again and again: the first few at once, each
 * further one twice as late, so that a program that tries in a loop turns slowly.
 *
 * @param free so many refusals in a row cost nothing; 0 to 1,000
 * @param first how long the next one is held back; more than zero
 * @param longest to what that grows; 30 s at the most, or clients lose patience and come twice
 * @param halfLife in which half of a prefix's refusals are forgotten; more than zero
 * @param mostHeld how many may be held back at once; beyond that refusals come at once; 0 to
 *     100,000
 * @param mostHeldOfPrefix likewise for one prefix; 0 to {@code mostHeld}
 * @param mostPrefixes of how many prefixes that is remembered; the oldest is forgotten; 1 to
 *     1,000,000
 */
public record Pacing(
    int free,
    Duration first,
    Duration longest,
    Duration halfLife,
    int mostHeld,
    int mostHeldOfPrefix,
    int mostPrefixes) {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  public Pacing {
    List<String> faults = new ArrayList<>();
    Words.check(faults, free >= 0 && free <= 1_000, "free", free, "0 to 1,000");
    Words.check(faults, Words.isPositive(first), "first", first, "more than zero");
    Words.check(
        faults,
        longest.compareTo(first) >= 0 && longest.compareTo(LONGEST) <= 0,
        "longest",
        longest,
        "first to " + LONGEST);
    Words.check(faults, Words.isPositive(halfLife), "halfLife", halfLife, "more than zero");
    Words.check(faults, mostHeld >= 0 && mostHeld <= 100_000, "mostHeld", mostHeld, "0 to 100,000");
    Words.check(
        faults,
        mostHeldOfPrefix >= 0 && mostHeldOfPrefix <= mostHeld,
        "mostHeldOfPrefix",
        mostHeldOfPrefix,
        "0 to " + mostHeld);
    Words.check(
        faults,
        mostPrefixes >= 1 && mostPrefixes <= 1_000_000,
        "mostPrefixes",
        mostPrefixes,
        "1 to 1,000,000");
    Words.stop("pacing", faults);
  }

  /** What is used when nothing is set: 4 at once, then 250 ms to 8 s, forgotten within minutes. */
  public static Pacing standard() {
    return new Pacing(
        4, Duration.ofMillis(250), Duration.ofSeconds(8), Duration.ofSeconds(30), 256, 4, 10_000);
  }
}
