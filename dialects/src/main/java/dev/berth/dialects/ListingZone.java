package dev.berth.dialects;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Finds the zone of a server's clock by files of which two times are known: the one that LIST
 * shows, in that zone, and the one that MDTM tells, in UTC (RFC 3659 section 2.3).
 */
public final class ListingZone {
  /** Zones differ from UTC by multiples of this: Nepal by 5:45, India by 5:30. */
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private static final Duration WIDEST = Duration.ofHours(14);

  private ListingZone() {}

  /**
   * One file.
   *
   * @param utc when it was changed
   * @param listed when it was changed by the listing, cut off at the minute or the second
   */
  public record Sample(Instant utc, LocalDateTime listed) {}

  /**
   * The zone in which all samples are listed. Of one offset alone it cannot be told whether it
   * changes with the seasons: then it is taken to be our own zone if that has the same offset at
   * these times, for most servers are near; UTC stays UTC.
   *
   * @param own our own zone
   * @return nothing if there is no sample, or no zone has such offsets
   */
  public static Optional<ZoneId> of(List<Sample> samples, ZoneId own) {
    List<ZoneOffset> offsets =
        samples.stream().map(ListingZone::offset).flatMap(Optional::stream).distinct().toList();
    boolean isOdd = samples.stream().anyMatch(sample -> offset(sample).isEmpty());
    if (offsets.isEmpty() || isOdd) {
      return Optional.empty();
    }
    if (offsets.equals(List.of(ZoneOffset.UTC))) {
      return Optional.of(ZoneOffset.UTC);
    }
    if (fits(samples, own)) {
      return Optional.of(own);
    }
    return offsets.size() == 1
        ? Optional.of(offsets.getFirst())
        : ZoneId.getAvailableZoneIds().stream()
            .sorted()
            .map(ZoneId::of)
            .filter(zone -> fits(samples, zone))
            .findFirst();
  }

  private static boolean fits(List<Sample> samples, ZoneId zone) {
    return samples.stream()
        .allMatch(
            sample -> offset(sample).equals(Optional.of(zone.getRules().getOffset(sample.utc()))));
  }

  private static Optional<ZoneOffset> offset(Sample sample) {
    Duration ahead = Duration.between(sample.utc(), sample.listed().toInstant(ZoneOffset.UTC));
    // A listed minute is cut off, so the difference lies up to a minute below the true one.
    long quarters =
        Math.floorDiv(ahead.plus(QUARTER.dividedBy(2)).toSeconds(), QUARTER.toSeconds());
    Duration rounded = QUARTER.multipliedBy(quarters);
    boolean isExact = rounded.minus(ahead).abs().compareTo(Duration.ofMinutes(2)) <= 0;
    return isExact && rounded.abs().compareTo(WIDEST) <= 0
        ? Optional.of(ZoneOffset.ofTotalSeconds((int) rounded.toSeconds()))
        : Optional.empty();
  }
}
