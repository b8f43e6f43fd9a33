package dev.berth.sightings;

import java.time.Instant;
import java.util.Optional;

/** When something was, as far as that was written down. Some programs write no times at all. */
public sealed interface Moment {
  /** It is known. */
  static Moment at(Instant instant) {
    return new Known(instant);
  }

  /** Nothing says when. */
  static Moment unknown() {
    return new Unknown();
  }

  /** The time, if one is known. */
  Optional<Instant> instant();

  /** A time that was written down, as exactly as it was: most logs know seconds. */
  record Known(Instant at) implements Moment {
    @Override
    public Optional<Instant> instant() {
      return Optional.of(at);
    }
  }

  /** No time: what stands before was before. */
  record Unknown() implements Moment {
    @Override
    public Optional<Instant> instant() {
      return Optional.empty();
    }
  }
}
