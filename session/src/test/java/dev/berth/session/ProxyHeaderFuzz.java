package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** What proxies say is read, is not whole yet, or is no header: the same in any pieces. */
class ProxyHeaderFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "PROXY TCP4 10.1.2.3 127.0.0.1 40000 21\r\nUSER x\r\n",
            "PROXY TCP6 2001:db8::1 ::ffff:1.2.3.4 0 65535\r\n",
            "PROXY UNKNOWN whatever\r\n",
            "PROXY TCP4 a.b 1 2 3\r\n",
            "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\0\u000c\n\1\2\3\u007f\0\0\1\20\0\0\25USER",
            "\r\n\r\n\0\r\nQUIT\n\u0020\0\0\0",
            "\r\n\r\n\0\r\nQUIT\n\u0021\u0021\0\u0028" + "\1".repeat(40))
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void whateverComesIsJudgedAsSoonAsItCanBe(byte[] bytes) {
    Optional<ProxyHeader> whole = read(bytes, bytes.length);
    if (whole == null || whole.isEmpty()) {
      return;
    }
    int length =
        switch (whole.get()) {
          case ProxyHeader.Client(var client, int end) -> {
            assertThat(client.isUnresolved()).isFalse();
            yield end;
          }
          case ProxyHeader.Itself(int end) -> end;
        };

    assertThat(length).isBetween(1, Math.min(bytes.length, ProxyHeader.LONGEST));
    assertThat(read(bytes, length)).isEqualTo(whole);
    assertThat(read(bytes, length - 1)).isEmpty();
  }

  private static @Nullable Optional<ProxyHeader> read(byte[] bytes, int length) {
    ByteBuffer view = ByteBuffer.wrap(bytes, 0, length);
    try {
      return ProxyHeader.read(view);
    } catch (ProtocolException e) {
      return null;
    } finally {
      assertThat(view.remaining()).isEqualTo(length);
    }
  }
}
