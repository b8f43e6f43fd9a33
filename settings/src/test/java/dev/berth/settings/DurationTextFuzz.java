package dev.berth.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A span of time of any text: one that can be counted in milliseconds, or a fault. */
class DurationTextFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "30s", "1h30m", "99999d9999999h999999999m999999999s999999999ms", "999999999", "-1s")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void aSpanIsPrintedAndReadAgain(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Duration span;
    try {
      span = DurationText.parse(text);
    } catch (IllegalArgumentException fault) {
      assertThat(fault).hasMessageContaining("duration");
      return;
    }
    assertThat(span).isBetween(Duration.ZERO, Duration.ofDays(10_000));
    Duration printed = DurationText.parse(DurationText.format(span));
    assertThat(printed).isLessThanOrEqualTo(span);
    assertThat(span.minus(printed)).isLessThan(span.dividedBy(12).plusSeconds(1));
  }
}
