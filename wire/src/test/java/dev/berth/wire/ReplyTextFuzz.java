package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read out of the text of replies: addresses, pathnames, features. */
class ReplyTextFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "Entering Passive Mode (127,0,0,1,195,80).",
            "Entering Passive Mode 10, 1,2,3, 4,5",
            "Entering Extended Passive Mode (|||50000|)",
            "(!1!127.0.0.1!65535!)",
            "\"/a \"\"quoted\"\" folder\" is current",
            "Features:\n MLST size*;type*;\nUTF8\n REST STREAM\nEnd")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void aTextGivesWhatStandsInItOrNothing(byte[] bytes) {
    List<String> lines = Octets.toText(bytes).lines().toList();
    if (!lines.isEmpty()) {
      address(new Reply(227, lines));
      port(new Reply(229, lines));
      pathname(new Reply(257, lines));
      features(new Reply(211, lines));
    }
  }

  private static void address(Reply reply) {
    try {
      InetSocketAddress address = PassiveReply.address(reply);
      byte[] host = address.getAddress().getAddress();
      assertThat(address.getPort()).isBetween(1, 65_535);
      String read =
          "%d,%d,%d,%d,%d,%d"
              .formatted(
                  host[0] & 0xFF,
                  host[1] & 0xFF,
                  host[2] & 0xFF,
                  host[3] & 0xFF,
                  address.getPort() / 256,
                  address.getPort() % 256);
      String sent = reply.text().replaceAll(", +", ",").replaceAll("(?<![0-9])0+(?=[0-9])", "");
      assertThat(sent).contains(read);
    } catch (ProtocolException none) {
      assertThat(none).hasMessageContaining("PASV");
    }
  }

  private static void port(Reply reply) {
    try {
      int port = PassiveReply.port(reply);
      assertThat(port).isBetween(1, 65_535);
      assertThat(reply.text()).contains(Integer.toString(port));
    } catch (ProtocolException none) {
      assertThat(none).hasMessageContaining("EPSV");
    }
  }

  private static void pathname(Reply reply) {
    try {
      String pathname = PathnameReply.pathname(reply);
      String quoted = '"' + pathname.replace("\"", "\"\"") + '"';
      assertThat(pathname).isNotEmpty();
      assertThat(PathnameReply.pathname(Reply.of(257, quoted))).isEqualTo(pathname);
    } catch (ProtocolException none) {
      assertThat(none).hasMessageContaining("no pathname");
    }
  }

  private static void features(Reply reply) {
    Features features = Features.of(reply);
    assertThat(features.parameters().size()).isLessThanOrEqualTo(256);
    features
        .parameters()
        .forEach((name, value) -> {
          assertThat(name).isNotBlank().isEqualTo(name.toUpperCase(Locale.ROOT));
          assertThat(value).isEqualTo(value.strip());
        });
  }
}
