package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An address of any text: a server's, which is the same when it is printed and read, or a fault.
 */
class ServerUrlFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "ftp://user:pass@host:2121/a%20b/c;type=i",
            "ftps://[fe80::1%25eth0]//root/",
            "FTP://b\u00fccher.example/%2Fetc/%FF",
            "ftp://:@h/..",
            "sftp://user:pass/word@host/",
            "h")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void whatIsPrintedIsReadAgain(byte[] bytes) {
    assertPercentCode(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    ServerUrl url;
    try {
      url = ServerUrl.parse(text);
    } catch (IllegalArgumentException fault) {
      assertThat(fault).hasMessageMatching("(?s)'.*': .+");
      return;
    }
    ServerUrl again = ServerUrl.parse(url.toString());
    assertThat(again.scheme()).isEqualTo(url.scheme());
    assertThat(again.host()).isEqualTo(url.host()).isNotEmpty();
    assertThat(again.port()).isEqualTo(url.port()).isBetween(1, 65_535);
    assertThat(again.location()).isEqualTo(url.location());
    assertThat(again.namesFolder()).isEqualTo(url.namesFolder());
    assertThat(again).hasToString(url.toString());
  }

  private static void assertPercentCode(byte[] bytes) {
    String encoded = PercentCode.encode(Octets.toText(bytes));
    assertThat(PercentCode.decode(encoded)).isEqualTo(bytes);
    assertThat(encoded).doesNotContainAnyWhitespaces();
  }
}
