package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ListingZone.Sample;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zone of a server's clock, by what it lists and what MDTM says. */
class ListingZoneTest {
  private static final Instant WINTER = Instant.parse("2026-01-15T10:00:30Z");
  private static final Instant SUMMER = Instant.parse("2026-07-15T10:00:30Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  /** Listed to the minute, as ls does. */
  private static Sample sample(Instant utc, ZoneId zone) {
    LocalDateTime listed = utc.atZone(zone).toLocalDateTime();
    return new Sample(utc, listed.withSecond(0));
  }

  @ParameterizedTest
  @CsvSource({"Z", "+01:00", "+05:30", "+05:45", "-03:30", "-09:30", "+12:45", "-12:00", "+14:00"})
  void anOffsetIsFoundToTheQuarterOfAnHour(String offset) {
    ZoneOffset zone = ZoneOffset.of(offset);

    assertThat(ListingZone.of(List.of(sample(WINTER, zone)), TOKYO)).contains(zone);
  }

  @Test
  void ourOwnZoneIsBelievedWhereItFitsForItKnowsTheSeasons() {
    assertThat(ListingZone.of(List.of(sample(WINTER, BERLIN)), BERLIN)).contains(BERLIN);
    assertThat(ListingZone.of(List.of(sample(WINTER, BERLIN)), TOKYO))
        .contains(ZoneOffset.ofHours(1));
    assertThat(ListingZone.of(List.of(sample(WINTER, ZoneOffset.UTC)), ZoneId.of("Europe/London")))
        .contains(ZoneOffset.UTC);
  }

  @Test
  void twoOffsetsAreThoseOfAZoneWithSummerTime() {
    List<Sample> samples = List.of(sample(WINTER, BERLIN), sample(SUMMER, BERLIN));

    ZoneId found = ListingZone.of(samples, TOKYO).orElseThrow();

    assertThat(List.of(WINTER, SUMMER))
        .allSatisfy(time ->
            assertThat(found.getRules().getOffset(time))
                .isEqualTo(BERLIN.getRules().getOffset(time)));
  }

  @Test
  void whatIsNoZoneAwayIsNone() {
    Sample odd = new Sample(WINTER, LocalDateTime.of(2026, 1, 15, 10, 7));
    Sample years = new Sample(WINTER, LocalDateTime.of(2020, 1, 15, 10, 0));

    Stream.of(List.<Sample>of(), List.of(odd), List.of(years), List.of(odd, sample(WINTER, TOKYO)))
        .forEach(samples -> assertThat(ListingZone.of(samples, BERLIN)).isEmpty());
  }
}
