package dev.berth.limits;

import java.time.Instant;

/** Whether one more connection may be opened now. */
sealed interface MayOpen {
  /** Yes. */
  record Now() implements MayOpen {}

  /**
   * Not before this instant, and then only if nothing else changed.
   *
   * @param why a clause without a full stop
   */
  record NotBefore(Instant instant, String why) implements MayOpen {}

  /**
   * Not until a place is given back.
   *
   * @param why a clause without a full stop
   */
  record Full(String why) implements MayOpen {}

  /** The stricter of two answers. */
  default MayOpen and(MayOpen other) {
    if (this instanceof Full || other instanceof Now) {
      return this;
    }
    if (other instanceof Full || this instanceof Now) {
      return other;
    }
    return ((NotBefore) this).instant().isBefore(((NotBefore) other).instant()) ? other : this;
  }
}
