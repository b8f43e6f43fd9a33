package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A name in whatever charset: what is read is written again as it was, and no charset makes a
 * pathname, a line end or a control character of bytes that are none.
 */
class NameCodingFuzz {
  private static final List<NameCoding> CODINGS =
      Stream.of(
              "UTF-8",
              "windows-1252",
              "KOI8-R",
              "IBM866",
              "windows-31j",
              "Shift_JIS",
              "GBK",
              "GB18030",
              "EUC-JP",
              "Big5",
              "Big5-HKSCS",
              "EUC-KR",
              "x-Johab")
          .map(name -> NameCoding.of(Charset.forName(name)))
          .toList();

  static Stream<byte[]> seeds() {
    return Stream.of(
        "M\u00fcller \uD83D\uDE00".getBytes(StandardCharsets.UTF_8),
        "\u8868\u30bd/\u80fd.txt".getBytes(Charset.forName("windows-31j")),
        "\u4e57\\\u0416".getBytes(Charset.forName("GBK")),
        "\uff0e\uff0e\uff0f".getBytes(Charset.forName("EUC-JP")),
        new byte[] {(byte) 0xC0, (byte) 0xAF, '.', '.', (byte) 0x81, '/', (byte) 0x81, 0, '\n'});
  }

  @MethodSource("seeds")
  @FuzzTest
  void bytesComeBackAndNothingIsMadeOfThem(byte[] bytes) throws CharacterCodingException {
    String octets = Octets.toText(bytes);
    for (NameCoding coding : CODINGS) {
      String name = coding.read(octets);
      assertThat(Octets.toBytes(coding.write(name))).as(coding.toString()).isEqualTo(bytes);
      assertThat(separators(name)).isLessThanOrEqualTo(separators(octets));
      assertTypedNameAddsNothing(coding, octets);
    }
  }

  /** What a user typed, and perhaps not all of its characters are in the charset. */
  private static void assertTypedNameAddsNothing(NameCoding coding, String typed) {
    String written;
    try {
      written = coding.write(typed);
    } catch (CharacterCodingException hasNotAllOfThem) {
      return;
    }
    assertThat(separators(written)).as(coding.toString()).isEqualTo(separators(typed));
  }

  /** Characters that end a name or a command. */
  private static long separators(String text) {
    return text.chars().filter(c -> c == '/' || c == '\r' || c == '\n' || c == 0).count();
  }
}
