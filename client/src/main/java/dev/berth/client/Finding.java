package dev.berth.client;

import java.time.Instant;

/**
 * One thing that was found out of a server's ways.
 *
 * @param trait what
 * @param value as its trait has it; {@code yes} for one that says all by being there
 * @param at when it was seen last
 */
public record Finding(Trait trait, String value, Instant at) {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  public Finding {
    trait.check(value);
    if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
      throw new IllegalArgumentException(trait.key() + ": " + at + " is not in our time");
    }
  }

  /** Whether it is too old to be believed, or from a time to come by a clock that went wrong. */
  boolean isStale(Instant now) {
    return at.plus(trait.life()).isBefore(now) || at.isAfter(now.plus(trait.life()));
  }
}
