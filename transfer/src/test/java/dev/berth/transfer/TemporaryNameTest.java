package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TemporaryNameTest {
  @Test
  void namesThatDifferInABytesEscapeAloneGrowApart() {
    assertThat(TemporaryName.of("\uDCE4.txt")).isNotEqualTo(TemporaryName.of("\uDCF6.txt"));
  }

  @Test
  void oneNameHasTheSameEachTime() {
    assertThat(TemporaryName.of("report.pdf"))
        .isEqualTo(TemporaryName.of("report.pdf"))
        .isEqualTo(".berth-" + java.util.UUID.nameUUIDFromBytes(utf16("report.pdf")) + ".part");
  }

  private static byte[] utf16(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_16BE);
  }
}
