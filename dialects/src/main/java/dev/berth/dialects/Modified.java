package dev.berth.dialects;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/**
 * When a file was last changed, as exactly as a listing tells.
 *
 * @param time the earliest time it can be; what lies below the precision is cut off
 * @param precision how much of the time is known
 * @param basis how its zone is known
 */
public record Modified(ZonedDateTime time, Precision precision, Basis basis) {
  /** The smallest unit that the server gave. */
  public enum Precision {
    /** The date only, as {@code ls} gives for files older than half a year. */
    DAY(ChronoUnit.DAYS),
    /** Hour and minute. */
    MINUTE(ChronoUnit.MINUTES),
    /** The second. */
    SECOND(ChronoUnit.SECONDS),
    /** A fraction of the second, of up to nine digits. */
    FRACTION(ChronoUnit.NANOS);

    private final ChronoUnit unit;

    Precision(ChronoUnit unit) {
      this.unit = unit;
    }
  }

  /** How the zone of the time is known. */
  public enum Basis {
    /** UTC by RFC 3659 section 2.3, or an offset that stands in the line. */
    STATED,
    /**
     * The server's clock, whose zone the line does not tell; the zone is the one that the caller
     * assumed.
     */
    ASSUMED
  }

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
  private static final DateTimeFormatter FRACTIONS =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .appendLiteral('Z')
          .toFormatter();

  public Modified {
    time = time.truncatedTo(precision.unit);
  }

  /** The first instant at which the change can have been. */
  public Instant earliest() {
    return time.toInstant();
  }

  /** The last instant at which the change can have been: within the same day, minute or second. */
  public Instant latest() {
    return time.plus(1, precision.unit).toInstant().minus(Duration.ofNanos(1));
  }

  /**
   * Whether the change can have been at this instant, as far as the precision tells. Where the zone
   * is {@link Basis#ASSUMED} the answer is no better than the assumption.
   */
  public boolean mayBe(Instant instant) {
    return !instant.isBefore(earliest()) && !instant.isAfter(latest());
  }

  /**
   * As ISO 8601 in UTC with no more digits than are known: {@code 2026-11-22T10:13:05.25Z}, {@code
   * 2026-11-22T10:13:05Z}, {@code 2026-11-22T10:13Z}; of a day only the server's own date, {@code
   * 2026-11-22}.
   */
  public String iso8601() {
    ZonedDateTime utc = time.withZoneSameInstant(ZoneOffset.UTC);
    return switch (precision) {
      case DAY -> time.toLocalDate().toString();
      case MINUTE -> MINUTES.format(utc);
      case SECOND -> SECONDS.format(utc);
      case FRACTION -> FRACTIONS.format(utc);
    };
  }
}
