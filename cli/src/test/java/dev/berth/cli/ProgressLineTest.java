package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.transfer.JobProgress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
  private static final long MIB = 1 << 20;
  private static final View HALF =
      new View(
          new JobProgress(202, 91, 100 * MIB, 50 * MIB),
          2,
          new Allowance.Of(2, "limit found"),
          List.of());

  private static Rate rateOf(long bytesPerSecond) {
    Rate rate = new Rate();
    rate.note(0, new Rate.Instant(0));
    rate.note(bytesPerSecond * 2, new Rate.Instant(2_000_000_000L));
    return rate;
  }

  @Test
  void wideTerminalShowsEverything() {
    assertThat(ProgressLine.live(HALF, rateOf(10 * MIB), 160))
        .isEqualTo(
            "[==============>             ]  50%  91 of 202 files  50.0 MiB of 100.0 MiB"
                + "  10.0 MiB/s  5s left  2 of 2 connections (limit found)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 17, 20, 40, 60, 79, 100, 132, 200})
  void noLineIsWiderThanTheTerminal(int columns) {
    View waiting =
        new View(
            HALF.progress(), 0, HALF.allowance(), List.of("waiting for\na connection".repeat(20)));

    assertThat(ProgressLine.live(waiting, rateOf(MIB), columns)).hasSizeLessThanOrEqualTo(columns);
    assertThat(ProgressLine.live(HALF, new Rate(), columns)).hasSizeLessThanOrEqualTo(columns);
  }

  @Test
  void hundredPercentMeansAllHaveEnded() {
    View nearly = new View(new JobProgress(2, 1, MIB, MIB), 1, new Allowance.Unknown(), List.of());
    View all = new View(new JobProgress(2, 2, MIB, MIB), 1, new Allowance.Unknown(), List.of());

    assertThat(ProgressLine.plain(nearly, new Rate())).startsWith("99%");
    assertThat(ProgressLine.plain(all, new Rate())).startsWith("100%").endsWith("1 connection");
  }

  @Test
  void moreBytesThanPlannedDoNoHarm() {
    View more =
        new View(new JobProgress(2, 1, MIB, 3 * MIB), 1, new Allowance.Unknown(), List.of());

    assertThat(ProgressLine.live(more, rateOf(MIB), 100)).contains("99%", "0s left");
  }

  @Test
  void waitsAreShownSafely() {
    View waiting =
        new View(
            new JobProgress(0, 0, 0, 0),
            1,
            new Allowance.Unknown(),
            List.of("waiting\u001B[2J\u202Eevil"));

    assertThat(ProgressLine.plain(waiting, new Rate()))
        .isEqualTo("listing, 1 connection, waiting\uFFFD[2J\uFFFDevil");
  }
}
