package dev.berth.limits;

import java.time.Instant;

/**
 * How many connections programs have that are no Berths. Immutable.
 *
 * @param connections 0 or more
 * @param since since when there have been any, as far as we saw
 */
record Outside(int connections, Instant since) {
  /** None. */
  public static final Outside NONE = new Outside(0, Instant.MIN);
}
