package dev.berth.dialects;

import dev.berth.dialects.Modified.Basis;
import dev.berth.dialects.Modified.Precision;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Turns the numbers of a listing's dates into times of the server's clock. Numbers that are no time
 * (30 February, 24:10) give nothing.
 *
 * @param now when the listing was made
 * @param zone the zone of the server's clock, as assumed
 */
record ListingClock(Instant now, ZoneId zone) {
  /** Leap years are at most eight years apart: 2096 and 2104. */
  private static final int YEARS_BACK = 10;

  /**
   * Numbers that claim to be a day.
   *
   * @param year four digits
   */
  record Day(int year, int month, int day) {}

  /** A time of the server's clock. */
  Modified at(LocalDateTime time, Precision precision) {
    return new Modified(time.atZone(zone), precision, Basis.ASSUMED);
  }

  /**
   * A day, and the time of day if the text is not empty.
   *
   * @param time as {@link TimeOfDay#read} takes it
   */
  Optional<Modified> at(Day day, String time) {
    Optional<LocalDate> date = date(day);
    if (time.isEmpty()) {
      return date.map(known -> at(known.atStartOfDay(), Precision.DAY));
    }
    return date.flatMap(known ->
        TimeOfDay.read(time).map(exact -> at(known.atTime(exact.time()), exact.precision())));
  }

  /**
   * The year of two, three or four digits. Two: no file that FTP serves is older than 1970. Three:
   * a server that counts from 1900 and was not ready for 2000 ({@code 103}).
   */
  static int year(String digits) {
    int year = Integer.parseInt(digits);
    return switch (digits.length()) {
      case 1, 2 -> year < 70 ? 2000 + year : 1900 + year;
      case 3 -> 1900 + year;
      default -> year;
    };
  }

  /**
   * A day without a year: its last occurrence. {@code ls} leaves the year out for times in the last
   * six months, other servers in the last twelve. One day into the future is taken for a clock or a
   * zone that differs from ours.
   */
  Optional<LocalDateTime> lastOccurrence(int month, int day, LocalTime time) {
    Optional<MonthDay> monthDay = monthDay(month, day);
    LocalDateTime bound = LocalDateTime.ofInstant(now, zone).plusDays(1);
    for (int back = 0; back < YEARS_BACK && monthDay.isPresent(); back++) {
      int year = bound.getYear() - back;
      LocalDateTime candidate = monthDay.get().atYear(year).atTime(time);
      if (monthDay.get().isValidYear(year) && candidate.isBefore(bound)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** The date, if there is such a day. */
  static Optional<LocalDate> date(Day numbers) {
    try {
      return Optional.of(LocalDate.of(numbers.year(), numbers.month(), numbers.day()));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Optional<MonthDay> monthDay(int month, int day) {
    try {
      return Optional.of(MonthDay.of(month, day));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }
}
