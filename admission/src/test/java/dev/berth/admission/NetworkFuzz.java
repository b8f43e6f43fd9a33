package dev.berth.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is written: a network that is read again as it is shown, or a message. */
class NetworkFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of("192.0.2.0/24", "2001:db8::/32", "::ffff:192.0.2.0/120", "::1", "1:0:0:2::/64")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void aNetworkOrAMessage(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Network network;
    try {
      network = Network.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }

    assertThat(Network.parse(network.toString())).isEqualTo(network);
    assertThat(network.contains(network.base())).isTrue();
  }
}
