package dev.berth.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in settings files and behind options alike. */
final class ValueTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "65536, 65536",
    "64K, 65536",
    "1m, 1048576",
    "10G, 10737418240",
    "1T, 1099511627776"
  })
  void sizesCountInPowersOf1024(String text, long bytes) {
    assertThat(SizeText.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1X", "1.5M", "K", "1234567890123", "99999999999T", "\u0661K"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> SizeText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1:21, /192.0.2.1:21, false",
    "localhost:0, /127.0.0.1:0, false",
    "[2001:db8::1]:65535, '/[2001:db8:0:0:0:0:0:1]:65535', false",
    "0.0.0.0:21, /0.0.0.0:21, false",
    "[::]:21, '/[0:0:0:0:0:0:0:0]:21', true",
    "*:21, '/[0:0:0:0:0:0:0:0]:21', true"
  })
  void placesAreAddressesWithPorts(String text, String place, boolean isEverywhere) {
    assertThat(PlaceText.parse(text)).hasToString(place);
    assertThat(PlaceText.isEverywhere(PlaceText.parse(text))).isEqualTo(isEverywhere);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2121",
        ":2121",
        "::1:21",
        "[::1]",
        "ftp.example.com:21",
        "1.2.3.4:65536",
        "[]:21",
        "[*:21"
      })
  void whatIsNoPlaceIsRefused(String text) {
    assertThatThrownBy(() -> PlaceText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
