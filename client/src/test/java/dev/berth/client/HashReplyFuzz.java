package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.wire.Octets;
import dev.berth.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A reply to HASH or XMD5 of any text: the one digest that stands in it, or none. */
class HashReplyFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "SHA-256 0-5 " + "ab12".repeat(16) + " /a b.txt",
            "\"/name\" " + "0F".repeat(16),
            "9be",
            "0".repeat(40) + " " + "1".repeat(40),
            "250-\n " + "f".repeat(128))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void whatIsBelievedStandsInTheReply(byte[] bytes) {
    List<String> lines = Octets.toText(bytes).lines().toList();
    if (lines.isEmpty()) {
      return;
    }
    Reply reply = new Reply(213, lines);
    String sent = String.join("\n", lines).toLowerCase(Locale.ROOT);
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      Hashing.digits(algorithm, reply)
          .ifPresent(hash -> {
            assertThat(hash.algorithm()).isEqualTo(algorithm);
            assertThat(hash.hex()).hasSize(algorithm.hexDigits()).matches("[0-9a-f]+");
            assertThat(sent).contains(hash.hex().replaceFirst("^0+(?=.)", ""));
          });
    }
  }
}
