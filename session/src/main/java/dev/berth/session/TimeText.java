package dev.berth.session;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Times as RFC 3659 section 2.3 writes them: {@code YYYYMMDDHHMMSS} in UTC. Pure. */
final class TimeText {
  private static final int DIGITS = 14;

  private TimeText() {}

  /** A time; fractions of a second are left out. */
  static String write(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(DIGITS);
    append(text, time.getYear(), 4);
    append(text, time.getMonthValue(), 2);
    append(text, time.getDayOfMonth(), 2);
    append(text, time.getHour(), 2);
    append(text, time.getMinute(), 2);
    append(text, time.getSecond(), 2);
    return text.toString();
  }

  private static void append(StringBuilder text, int number, int digits) {
    String written = Integer.toString(number);
    text.repeat("0", Math.max(0, digits - written.length())).append(written);
  }

  /**
   * Reads one.
   *
   * @param text fourteen digits, and perhaps a point and more of them
   * @return nothing if that is no time
   */
  static Optional<Instant> read(String text) {
    boolean hasFraction = text.length() > DIGITS + 1 && text.charAt(DIGITS) == '.';
    String digits = hasFraction ? text.substring(0, DIGITS) + text.substring(DIGITS + 1) : text;
    boolean isTime =
        digits.length() >= DIGITS
            && digits.length() <= DIGITS + 9
            && (hasFraction || digits.length() == DIGITS)
            && digits.chars().allMatch(it -> it >= '0' && it <= '9');
    if (!isTime) {
      return Optional.empty();
    }
    try {
      int nanos = Integer.parseInt((digits.substring(DIGITS) + "000000000").substring(0, 9));
      return Optional.of(
          LocalDateTime.of(
                  number(digits, 0, 4),
                  number(digits, 4, 6),
                  number(digits, 6, 8),
                  number(digits, 8, 10),
                  number(digits, 10, 12),
                  number(digits, 12, 14),
                  nanos)
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty(); // The 31st of February.
    }
  }

  private static int number(String digits, int from, int to) {
    return Integer.parseInt(digits.substring(from, to));
  }
}
