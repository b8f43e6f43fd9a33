package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameCodingTest {
  private static NameCoding coding(String charset) {
    return NameCoding.of(Charset.forName(charset));
  }

  @ParameterizedTest
  @CsvSource({
    "ISO-8859-1, Grüße.txt",
    "windows-1251, Новая папка",
    "KOI8-R, музыка",
    "windows-31j, 表ソ能.txt",
    "GBK, 新建文件夹",
    "Big5, 功能.txt",
    "UTF-8, 日本語",
    "GB18030, 📄💀.txt", // the second halves of these pairs look like escapes
  })
  void namesAreReadAndWrittenInTheCharset(String charset, String name) throws Exception {
    byte[] bytes = name.getBytes(Charset.forName(charset));

    assertThat(coding(charset).read(Octets.toText(bytes))).isEqualTo(name);
    assertThat(Octets.toBytes(coding(charset).write("RETR /a/" + name + "/b")))
        .isEqualTo(("RETR /a/" + name + "/b").getBytes(Charset.forName(charset)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTF-8",
        "ISO-8859-1",
        "windows-1252",
        "windows-1251",
        "KOI8-R",
        "windows-31j",
        "GBK",
        "GB18030",
        "Big5",
        "EUC-JP",
        "EUC-KR",
        "IBM866",
      })
  void whateverOctetsAreReadAreWrittenAgain(String charset) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(8)];
      random.nextBytes(bytes);
      String read = coding(charset).read(Octets.toText(bytes));

      assertThat(Octets.toBytes(coding(charset).write(read))).as("seed " + seed).isEqualTo(bytes);
    }
  }

  @Test
  void aNameInUtf8AmongOthersKeepsItsOctets() throws Exception {
    NameCoding cyrillic = coding("windows-1251");
    byte[] inUtf8 = "Ј".repeat(3).concat("И").getBytes(StandardCharsets.UTF_8); // with 98 hex
    String read = cyrillic.read(Octets.toText(inUtf8));

    assertThat(Octets.hasEscapes(read)).isTrue();
    assertThat(Octets.toBytes(cyrillic.write(read))).isEqualTo(inUtf8);
  }

  @Test
  void aCharacterBeyondTheFirstPlaneIsNoEscape() {
    assertThat(Octets.hasEscapes("\uD83D\uDCC4\uD83D\uDC80")).isFalse();
    assertThat(Octets.hasEscapes("\uD83D\uDCC4\uDC80")).isTrue();
  }

  @Test
  void whatTheCharsetLacksIsNotSentMangled() {
    assertThatThrownBy(() -> coding("windows-1251").write("STOR 日本.txt"))
        .isInstanceOf(CharacterCodingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16BE", "IBM037", "ISO-2022-JP", "UTF-32"})
  void charsetsThatCannotCarryPathsAreRefused(String charset) {
    assertThatIllegalArgumentException().isThrownBy(() -> coding(charset));
  }
}
