package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.settings.DurationText;
import dev.berth.settings.Nearest;
import dev.berth.settings.ServerValues;
import dev.berth.transport.Trust;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "10s,10000",
    "5m,300000",
    "1h30m,5400000",
    "250ms,250",
    "30,30000",
    "2d,172800000",
    "0,0",
    "1h5s,3605000"
  })
  void durationsAreRead(String text, long millis) {
    assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"1024,1024", "1K,1024", "2.5m,2621440", "1G,1073741824", "500k,512000"})
  void ratesAreRead(String text, long bytes) {
    assertThat(ByteRate.parse(text)).isEqualTo(new ByteRate.Limited(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "K", "1023", "-5M", "1e9", "5X", "1..5M", "9999999G", "NaN"})
  void whatIsNoRateIsRefused(String text) {
    assertThatThrownBy(() -> ByteRate.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "10x",
        "-1s",
        "1.5h",
        "5m1h",
        " 5m",
        "99999999999999s",
        "ten",
        "9999999h"
      })
  void whatIsNoDurationIsRefused(String text) {
    assertThatThrownBy(() -> DurationText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0,0s", "59,59s", "60,1m00s", "3599,59m59s", "3600,1h00m", "90000,1d01h", "-5,0s"})
  void durationsAreShownWithTwoUnits(long seconds, String shown) {
    assertThat(DurationText.format(Duration.ofSeconds(seconds))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "1023,1023 B",
    "1024,1.0 KiB",
    "1536,1.5 KiB",
    "52428800,50.0 MiB",
    "9223372036854775807,8.0 EiB"
  })
  void sizesAreShownInTheLargestUnit(long bytes, String shown) {
    assertThat(Sizes.format(bytes)).isEqualTo(shown);
  }

  @Test
  void fingerprintsAreReadWithAndWithoutColons() {
    String digits = "AB".repeat(32);
    String colons = String.join(":", java.util.Collections.nCopies(32, "ab"));

    assertThat(ServerValues.trust("sha256:" + digits))
        .isEqualTo(ServerValues.trust("SHA256:" + colons))
        .isEqualTo(Trust.pinned("ab".repeat(32)));
  }

  @Test
  void nearestWordIsFoundOnlyWhereOneIsNear() {
    List<String> words = List.of("parallel", "tls", "tls-trust", "wait", "timeout", "bind");

    assertThat(Nearest.to("paralel", words)).contains("parallel");
    assertThat(Nearest.to("tls-", words)).contains("tls");
    assertThat(Nearest.to("time", words)).contains("timeout");
    assertThat(Nearest.to("connections", words)).isEmpty();
  }
}
