package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.dialects.Refusal;
import dev.berth.dialects.RefusalReader;
import dev.berth.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever somebody gives to {@code berth explain}: it is a reply, and is explained. */
class QuotedReplyFuzz {
  private static final RefusalReader READER = new RefusalReader();

  static Stream<byte[]> seeds() {
    return Stream.of(
            "PASS\t530 Sorry, max 2 clients",
            "greeting\ttcp-close",
            "421-Too many\\r\\n421 connections (8)",
            "\tlog \u00fcber")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void everyTextIsAReply(byte[] bytes) {
    QuotedReply reply = QuotedReply.parse(Octets.latin(Octets.toText(bytes)));
    Optional<Refusal> refusal = READER.read(reply.observation());

    assertThat(reply.words()).isEqualTo(reply.words().strip());
    assertThat(refusal.map(read -> read.words().length()).orElse(0))
        .isLessThanOrEqualTo(bytes.length + 100);
  }
}
