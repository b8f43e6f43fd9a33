package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The file of traits may be damaged as it likes: it is read as a whole, or not at all. */
class RememberedTraitsFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "server=VSFTPD 1f3a\nepsv-refused=2026-11-22T12:00:00Z yes\n",
            "server=\nlisting-zone=2026-11-22T12:00:00Z +02:00\n"
                + "charset=2026-11-22T12:00:00Z Shift_JIS\nidle-seconds=2026-11-22T12:00:00Z 60\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void whatIsReadIsWrittenAndReadAgain(byte[] bytes) {
    RememberedTraits traits;
    try {
      traits = RememberedTraits.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException damaged) {
      assertThat(damaged).hasMessageMatching("(?s).+");
      return;
    }
    assertThat(RememberedTraits.of(traits.text())).isEqualTo(traits);
  }
}
