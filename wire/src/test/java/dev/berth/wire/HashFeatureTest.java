package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class HashFeatureTest {
  private static HashFeature of(String parameters) {
    return HashFeature.of(new Features(Map.of("HASH", parameters)));
  }

  @ParameterizedTest
  @CsvSource({
    "SHA-256*;MD5, SHA-256, SHA-256*;MD5",
    "' SHA-1 ; MD5* ;', MD5, SHA-1;MD5*",
    "SHA-1;MD5, '', SHA-1;MD5",
    "'', '', ''",
    "*, '', ''",
    ";;, '', ''",
  })
  void theSelectedOneHasTheStar(String told, String selected, String parameters) {
    assertThat(of(told).selected().orElse("")).isEqualTo(selected);
    assertThat(of(told).parameters()).isEqualTo(parameters);
  }

  @Test
  void anotherOneIsFoundInWhateverCaseAndSelected() {
    HashFeature hash = of("SHA-256*;md5");

    assertThat(hash.find("MD5")).contains("md5");
    assertThat(hash.find("CRC32")).isEmpty();
    assertThat(hash.select("md5").parameters()).isEqualTo("SHA-256;md5*");
  }

  @Test
  void whoHasNoHashHasNoAlgorithms() {
    assertThat(HashFeature.of(Features.none()).algorithms()).isEmpty();
  }
}
