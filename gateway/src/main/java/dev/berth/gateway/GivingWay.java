package dev.berth.gateway;

import dev.berth.limits.Pressure;
import java.time.Duration;

/**
 * How long a transfer may stand still while others wait for a connection: the less, the more of
 * them there are for each that runs. If all who wait found such a transfer before them, each would
 * still have its turn within half of the time that it waits.
 *
 * @param transferWait how long a transfer waits
 * @param commandWait how long a short command does
 */
record GivingWay(Duration transferWait, Duration commandWait) {
  /** A line that is lost for a moment is back after that: TCP tries again after 1, 2 and 4 s. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  /** Who has moved something is borne so long in any case: two packets lost in a row. */
  static final Duration LEAST_WHEN_MOVING = Duration.ofSeconds(3);

  /** Who has moved nothing yet: a data connection across an ocean, in TLS, takes half of that. */
  static final Duration LEAST = Duration.ofSeconds(1);

  /** Who waits for less than that may be served at any moment. */
  static final Duration WORTH_GIVING_WAY = Duration.ofSeconds(1);

  /**
   * How long it may stand still.
   *
   * @param waiting somebody
   * @param running how many transfers there are, with this one
   */
  Duration patience(Pressure waiting, int running, boolean hasMoved) {
    Duration longer = part(transferWait, running, waiting.longer());
    Duration brief = part(commandWait, running, waiting.brief());
    Duration due = longer.compareTo(brief) < 0 ? longer : brief;
    Duration least = hasMoved ? LEAST_WHEN_MOVING : LEAST;
    return due.compareTo(least) < 0 ? least : due;
  }

  private static Duration part(Duration wait, int running, int waiting) {
    Duration part = waiting == 0 ? LONGEST : wait.multipliedBy(running).dividedBy(2L * waiting);
    return part.compareTo(LONGEST) < 0 ? part : LONGEST;
  }
}
