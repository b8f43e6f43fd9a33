package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.wire.Octets;
import dev.berth.wire.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a server says when it turns us away: it is read, and a wrong password is never a limit.
 */
class RefusalReaderFuzz {
  private static final List<Integer> CODES = List.of(421, 530, 500, 550, 120, 220, 426, 534, 452);

  /** Longer than any refusal in the tables; what is longer only takes the fuzzer longer. */
  private static final int LONGEST = 300;

  private static final RefusalReader READER = new RefusalReader();

  /** A byte for phase and code, then the text. */
  static Stream<byte[]> seeds() {
    return ReplyTable.load("replies.tsv").stream()
        .filter(row -> row.text().length() < 200)
        .map(row -> Octets.toBytes("\1" + row.text()));
  }

  @MethodSource("seeds")
  @FuzzTest
  void everyTextIsReadAndWhoSpeaksOfAWrongPasswordMeansNoLimit(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    Phase phase = Phase.values()[(bytes[0] & 7) % Phase.values().length];
    int code = CODES.get((bytes[0] >> 3 & 15) % CODES.size());
    boolean closed = bytes[0] < 0;
    String text = Octets.toText(Arrays.copyOfRange(bytes, 1, Math.min(bytes.length, LONGEST)));

    Observation observation = Observation.of(phase, Reply.of(code, text), closed);
    Optional<Refusal> refusal = READER.read(observation);

    refusal.ifPresent(read -> assertThat(read.words()).isEqualTo(Octets.latin(text)));
    Reply wrong = Reply.of(530, "Login incorrect: wrong password. " + text);
    assertThat(READER.read(Observation.of(Phase.PASS, wrong, closed)))
        .get()
        .isNotInstanceOf(Refusal.Limit.class);
  }
}
