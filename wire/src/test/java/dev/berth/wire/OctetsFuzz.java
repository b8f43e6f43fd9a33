package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A name in whatever charset goes back to its server byte for byte, and nothing else with it. */
class OctetsFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
        "plain".getBytes(StandardCharsets.UTF_8),
        "M\u00fcller \uD83D\uDE00 \uFFFD".getBytes(StandardCharsets.UTF_8),
        "M\u00fcller \u00ff\u00ff".getBytes(StandardCharsets.ISO_8859_1),
        // Half a pair, an escape and an overlong slash, each in the bytes of no valid UTF-8.
        new byte[] {(byte) 0xED, (byte) 0xB2, (byte) 0x80, (byte) 0xC0, (byte) 0xAF},
        "a\r\nDELE b\0".getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void bytesComeBackAsTheyWere(byte[] bytes) {
    String text = Octets.toText(bytes);
    int middle = bytes.length / 2;
    String halves =
        Octets.toText(Arrays.copyOf(bytes, middle))
            + Octets.toText(Arrays.copyOfRange(bytes, middle, bytes.length));

    assertThat(Octets.toBytes(text)).isEqualTo(bytes);
    assertThat(Octets.toBytes(halves)).isEqualTo(bytes);
    assertThat(Octets.latin(text).codePoints().noneMatch(c -> c >= 0xDC80 && c <= 0xDCFF)).isTrue();
    assertThat(
            Octets.printable(text).chars().noneMatch(c -> c != '\n' && Character.isISOControl(c)))
        .isTrue();
    assertOneCommand(text, bytes);
  }

  /** Telnet's 255 doubled, CR LF behind it, and no line end within. */
  private static void assertOneCommand(String text, byte[] bytes) {
    boolean isCarried = text.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0);
    if (!isCarried || text.length() > 8000) {
      return;
    }
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes("STOR ".getBytes(StandardCharsets.US_ASCII));
    for (byte octet : bytes) {
      sent.write(octet);
      if (octet == (byte) 0xFF) {
        sent.write(octet);
      }
    }
    sent.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(Command.of("stor", text).bytes()).isEqualTo(sent.toByteArray());
  }
}
