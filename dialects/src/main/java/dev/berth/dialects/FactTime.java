package dev.berth.dialects;

import dev.berth.dialects.Modified.Basis;
import dev.berth.dialects.Modified.Precision;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times of facts and of MDTM: {@code YYYYMMDDHHMMSS}, perhaps with a fraction, in UTC (RFC 3659
 * section 2.3).
 */
public final class FactTime {
  /** Seconds may be missing: no server known does that, but nothing is lost by reading it. */
  private static final Pattern SHAPE =
      Pattern.compile(
          "(\\d{4})(\\d{2})(\\d{2})(\\d{2})(\\d{2})(?:(\\d{2})(?:\\.(\\d{1,9})\\d*)?)?");

  private FactTime() {}

  /** The time, if it is one; second 60, a leap second, is the first of the next minute. */
  public static Optional<Modified> read(String text) {
    Matcher time = SHAPE.matcher(text);
    if (!time.matches()) {
      return Optional.empty();
    }
    int second = time.group(6) == null ? 0 : Integer.parseInt(time.group(6));
    if (second > 60) {
      return Optional.empty();
    }
    try {
      LocalDateTime minute =
          LocalDateTime.of(
              number(time, 1), number(time, 2), number(time, 3), number(time, 4), number(time, 5));
      LocalDateTime exact = minute.plusSeconds(second).plusNanos(nanos(time));
      return Optional.of(new Modified(exact.atZone(ZoneOffset.UTC), precision(time), Basis.STATED));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private static int number(Matcher time, int group) {
    return Integer.parseInt(time.group(group));
  }

  private static long nanos(Matcher time) {
    String fraction = time.group(7);
    return fraction == null ? 0 : Long.parseLong((fraction + "000000000").substring(0, 9));
  }

  private static Precision precision(Matcher time) {
    if (time.group(6) == null) {
      return Precision.MINUTE;
    }
    return time.group(7) == null ? Precision.SECOND : Precision.FRACTION;
  }
}
