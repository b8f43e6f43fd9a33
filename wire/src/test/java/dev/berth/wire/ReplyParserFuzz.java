package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server sends, and however the network cuts it: the same replies, or none. */
class ReplyParserFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "220 ready\r\n331 Password, please\r\n",
            "211-Features:\r\n MLST size*;type*;\r\n211-UTF8\r\n211 End\r\n",
            "230-220 lines\n230nospace\n230\n\n\r\n250",
            "226\u00ff\u00ff done\u00ff\r\r\n421-\r\n4210\r\n421 bye\r\n",
            "\u00ff\u00fe\u0003200 ok\r\n\u00ff\u00f1250 a\u00ff\u00fb\u0001b\u00ff\r\n",
            "099 no code\r\n")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void theCutsOfTheNetworkChangeNoReply(byte[] bytes) throws ProtocolException {
    Random random = new Random(Arrays.hashCode(bytes));

    Outcome whole = read(bytes, () -> bytes.length);

    assertThat(read(bytes, () -> 1)).isEqualTo(whole);
    assertThat(read(bytes, () -> random.nextInt(12))).isEqualTo(whole);
    for (Reply reply : whole.replies()) {
      assertBounded(reply, bytes.length);
      assertReadBack(reply);
    }
  }

  /**
   * What came out.
   *
   * @param fault why it ended; empty if every byte was taken
   */
  private record Outcome(List<Reply> replies, String fault) {}

  private static Outcome read(byte[] bytes, IntSupplier piece) {
    ReplyParser parser = new ReplyParser();
    List<Reply> replies = new ArrayList<>();
    int at = 0;
    try {
      while (at < bytes.length) {
        ByteBuffer next = ByteBuffer.wrap(bytes, at, Math.min(piece.getAsInt(), bytes.length - at));
        parser
            .parse(next)
            .ifPresent(reply -> {
              replies.add(reply);
              assertThat(next.get(next.position() - 1))
                  .as("read to its line end")
                  .isEqualTo((byte) 10);
              assertThat(parser.isWithinReply()).isFalse();
            });
        at = next.position();
      }
      return new Outcome(replies, "");
    } catch (ProtocolException e) {
      return new Outcome(replies, e.getMessage());
    }
  }

  private static void assertBounded(Reply reply, int sent) {
    assertThat(reply.code()).isBetween(100, 699);
    assertThat(reply.text().length()).isLessThanOrEqualTo(sent);
    assertThat(reply.text()).doesNotContain("\r\n").doesNotEndWith("\r");
    assertThat(reply.toString().chars().noneMatch(c -> c != '\n' && Character.isISOControl(c)))
        .isTrue();
  }

  /**
   * Sent as RFC 959 section 4.2 has it, the same reply is read, but where its text looks like an
   * end.
   */
  private static void assertReadBack(Reply reply) throws ProtocolException {
    String code = Integer.toString(reply.code());
    List<String> lines = reply.lines();
    int last = lines.size() - 1;
    if (lines.subList(Math.min(1, last), last).stream().anyMatch(line -> line.startsWith(code))) {
      return;
    }
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (int i = 0; i <= last; i++) {
      String start = i == last ? code + " " : i == 0 ? code + "-" : "";
      for (byte octet : Octets.toBytes(start + lines.get(i) + "\r\n")) {
        sent.write(octet);
        if (octet == (byte) 0xFF) {
          sent.write(octet);
        }
      }
    }
    assertThat(new ReplyParser().parse(ByteBuffer.wrap(sent.toByteArray()))).contains(reply);
  }
}
