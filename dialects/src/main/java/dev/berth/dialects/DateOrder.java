package dev.berth.dialects;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The order of day, month and year in dates of three numbers. One date seldom tells it, a listing
 * often does: in a wrong order some of its dates do not exist, or have yet to come.
 */
enum DateOrder {
  /** {@code 11/22/26}. */
  MONTH_DAY_YEAR,
  /** {@code 22.11.26}. */
  DAY_MONTH_YEAR,
  /** {@code 26-11-22}. */
  YEAR_MONTH_DAY;

  /**
   * A date as it stands in a line.
   *
   * @param first one to four digits, as the others
   * @param separator between them
   */
  record Numbers(String first, String second, String third, char separator) {}

  /** The order in which most dates of a listing can be; of several, the usual one. */
  static DateOrder of(List<Numbers> dates, ListingClock clock) {
    LocalDate latest = LocalDate.ofInstant(clock.now(), clock.zone()).plusDays(1);
    DateOrder best = MONTH_DAY_YEAR;
    long most = -1;
    for (DateOrder order : usual(dates.isEmpty() ? '/' : dates.getFirst().separator())) {
      long fitting = dates.stream().filter(date -> order.fits(date, latest)).count();
      if (fitting > most) {
        best = order;
        most = fitting;
      }
    }
    return best;
  }

  /** Slashes are American, dots are German; years in front are written with hyphens. */
  private static List<DateOrder> usual(char separator) {
    return switch (separator) {
      case '.' -> List.of(DAY_MONTH_YEAR, YEAR_MONTH_DAY, MONTH_DAY_YEAR);
      case '-' -> List.of(YEAR_MONTH_DAY, MONTH_DAY_YEAR, DAY_MONTH_YEAR);
      default -> List.of(MONTH_DAY_YEAR, DAY_MONTH_YEAR, YEAR_MONTH_DAY);
    };
  }

  private boolean fits(Numbers date, LocalDate latest) {
    Optional<LocalDate> day = ListingClock.date(day(date));
    return day.isPresent() && !day.get().isAfter(latest);
  }

  /** The day that the numbers mean in this order; whether it exists is not asked. */
  ListingClock.Day day(Numbers date) {
    return switch (this) {
      case MONTH_DAY_YEAR -> day(date.third(), date.first(), date.second());
      case DAY_MONTH_YEAR -> day(date.third(), date.second(), date.first());
      case YEAR_MONTH_DAY -> day(date.first(), date.second(), date.third());
    };
  }

  private static ListingClock.Day day(String year, String month, String day) {
    return new ListingClock.Day(
        ListingClock.year(year), Integer.parseInt(month), Integer.parseInt(day));
  }
}
