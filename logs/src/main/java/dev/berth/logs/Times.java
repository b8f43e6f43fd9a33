package dev.berth.logs;

import dev.berth.sightings.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Times as logs write them. The last one read is kept with its bytes, for most lines have the same
 * second as the line before. Confined to one thread.
 */
final class Times {
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  /** {@code Sun Nov 22 11:54:45 2026}. */
  private static final int CTIME = 24;

  private final ZoneId zone;
  private final LocalDate latest;
  private final byte[] known = new byte[CTIME];
  private int knownLength;
  private Moment knownMoment = Moment.unknown();

  /**
   * Times of one file.
   *
   * @param zone of times that are written without one
   * @param written when the file was written to last: a line without a year is of the year before
   *     that, at the most
   */
  Times(ZoneId zone, Instant written) {
    this.zone = zone;
    this.latest = LocalDate.ofInstant(written, zone).plusDays(1); // Clocks and zones differ.
  }

  /** {@code Sun Nov 22 11:54:45 2026}, as asctime(3) has it. */
  Moment ctime(Scan scan) {
    if (isKnown(scan, CTIME)) {
      return knownMoment;
    }
    int from = scan.place();
    scan.skip(4);
    int month = month(scan);
    scan.expect(" ");
    int day = day(scan);
    scan.expect(" ");
    int[] clock = clock(scan);
    scan.expect(" ");
    int year = scan.digits(4);
    return keep(scan, from, CTIME, year, month, day, clock);
  }

  /** In whichever of both forms it begins. */
  Moment isoOrSyslog(Scan scan) {
    boolean hasYear = scan.peek(0) >= '0' && scan.peek(0) <= '9';
    return hasYear ? iso(scan) : syslog(scan);
  }

  /** {@code Nov 22 11:56:58}, as syslog(3) has it: the year is what fits the file. */
  Moment syslog(Scan scan) {
    int length = 15;
    if (isKnown(scan, length)) {
      return knownMoment;
    }
    int from = scan.place();
    int month = month(scan);
    scan.expect(" ");
    int day = day(scan);
    scan.expect(" ");
    int[] clock = clock(scan);
    int year = isAfterLatest(month, day) ? latest.getYear() - 1 : latest.getYear();
    return keep(scan, from, length, year, month, day, clock);
  }

  private boolean isAfterLatest(int month, int day) {
    return month * 100 + day > latest.getMonthValue() * 100 + latest.getDayOfMonth();
  }

  /** {@code [22/Nov/2026:11:56:58 +0000]}, as web servers have it. */
  Moment common(Scan scan) {
    scan.expect("[");
    int day = scan.digits(2);
    scan.expect("/");
    int month = month(scan);
    scan.expect("/");
    int year = scan.digits(4);
    scan.expect(":");
    int[] clock = clock(scan);
    scan.expect(" ");
    boolean isWest = scan.skip("-");
    if (!isWest) {
      scan.expect("+");
    }
    int offset = scan.digits(4);
    scan.expect("]");
    int seconds = (offset / 100 * 60 + offset % 100) * 60;
    return zoned(scan, year, month, day, clock, isWest ? -seconds : seconds);
  }

  /** {@code 2026-11-22 11:54:45,424}, or with a T, a point, Z or an offset. */
  Moment iso(Scan scan) {
    final int year = scan.digits(4);
    scan.expect("-");
    final int month = scan.digits(2);
    scan.expect("-");
    final int day = scan.digits(2);
    if (!scan.skip("T")) {
      scan.expect(" ");
    }
    int[] clock = clock(scan);
    int nanos = fraction(scan);
    if (scan.skip("Z")) {
      return plus(zoned(scan, year, month, day, clock, 0), nanos);
    }
    boolean isWest = scan.isNext("-");
    if ((isWest || scan.isNext("+")) && !scan.isLost()) {
      scan.skip(1);
      int hours = scan.digits(2);
      scan.skip(":");
      int seconds = (hours * 60 + scan.digits(2)) * 60;
      return plus(zoned(scan, year, month, day, clock, isWest ? -seconds : seconds), nanos);
    }
    return plus(local(scan, year, month, day, clock), nanos);
  }

  private static int fraction(Scan scan) {
    if (!scan.skip(",") && !scan.skip(".")) {
      return 0;
    }
    int nanos = 0;
    int unit = 100_000_000;
    while (scan.peek(0) >= '0' && scan.peek(0) <= '9') {
      nanos += (scan.peek(0) - '0') * unit;
      unit /= 10;
      scan.skip(1);
    }
    return nanos;
  }

  private static Moment plus(Moment moment, int nanos) {
    return switch (moment) {
      case Moment.Known(Instant at) -> Moment.at(at.plus(nanos, ChronoUnit.NANOS));
      case Moment.Unknown unknown -> unknown;
    };
  }

  private boolean isKnown(Scan scan, int length) {
    if (knownLength == length && scan.isNext(known, length)) {
      scan.skip(length);
      return true;
    }
    return false;
  }

  private Moment keep(Scan scan, int from, int length, int year, int month, int day, int[] clock) {
    Moment moment = local(scan, year, month, day, clock);
    if (!scan.isLost() && scan.place() - from == length) {
      int place = scan.place();
      scan.back(from);
      scan.copy(known, length);
      scan.back(place);
      knownLength = length;
      knownMoment = moment;
    }
    return moment;
  }

  private Moment local(Scan scan, int year, int month, int day, int[] clock) {
    if (scan.isLost()) {
      return Moment.unknown();
    }
    try {
      return Moment.at(
          LocalDateTime.of(year, month, day, clock[0], clock[1], clock[2])
              .atZone(zone)
              .toInstant());
    } catch (DateTimeException e) {
      scan.lose();
      return Moment.unknown();
    }
  }

  private static Moment zoned(
      Scan scan, int year, int month, int day, int[] clock, int offsetSeconds) {
    if (scan.isLost()) {
      return Moment.unknown();
    }
    try {
      return Moment.at(
          LocalDateTime.of(year, month, day, clock[0], clock[1], clock[2])
              .toInstant(ZoneOffset.ofTotalSeconds(offsetSeconds)));
    } catch (DateTimeException e) {
      scan.lose();
      return Moment.unknown();
    }
  }

  private static int month(Scan scan) {
    for (int i = 0; i < MONTHS.size(); i++) {
      if (scan.skip(MONTHS.get(i))) {
        return i + 1;
      }
    }
    scan.lose();
    return 0;
  }

  /** Two places: {@code 22}, or {@code 7}. */
  private static int day(Scan scan) {
    return scan.skip(" ") ? scan.digits(1) : scan.digits(2);
  }

  private static int[] clock(Scan scan) {
    int hour = scan.digits(2);
    scan.expect(":");
    int minute = scan.digits(2);
    scan.expect(":");
    int second = scan.digits(2);
    return new int[] {hour, minute, Math.min(second, 59)}; // a leap second is the one before it
  }
}
