package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.wire.NameCoding;
import dev.berth.wire.Octets;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of any bytes: a charset that can read and carry all of them, or no guess. */
class CharsetGuessFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
        "\u00dcbersicht.txt\ncaf\u00e9 cr\u00e8me".getBytes(StandardCharsets.ISO_8859_1),
        "\u043f\u0440\u0438\u0432\u0435\u0442\n\u041c\u0438\u0440"
            .getBytes(Charset.forName("IBM866")),
        "\u65e5\u672c\u8a9e\n\u8868\u30bd".getBytes(Charset.forName("windows-31j")),
        "\u4e2d\u6587\u6587\u4ef6".getBytes(Charset.forName("GBK")),
        "\ud55c\uad6d\uc5b4".getBytes(Charset.forName("EUC-KR")));
  }

  /** A name a line. */
  @MethodSource("seeds")
  @FuzzTest
  void whatIsGuessedReadsEveryName(byte[] bytes) {
    List<String> names =
        Octets.escape(bytes).lines().map(name -> Octets.toText(Octets.toBytes(name))).toList();

    CharsetGuess.of(names)
        .ifPresent(charset -> {
          assertThat(NameCoding.of(charset).charset()).isEqualTo(charset);
          for (String name : names) {
            String decoded = new String(Octets.toBytes(name), charset);
            assertThat(decoded).as(charset.name()).doesNotContain("\uFFFD");
          }
        });
    for (String name : names) {
      CharsetGuess.thatWrites(Octets.latin(name), name)
          .ifPresent(charset ->
              assertThat(Octets.latin(name).getBytes(charset)).isEqualTo(Octets.toBytes(name)));
    }
  }
}
