package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any user of the machine may write to the shared file: it is read as a whole, or not at all. */
class SharedStateFuzz {
  private static final BudgetName NAME = BudgetName.of("h", 21);
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  static Stream<byte[]> seeds() {
    Ceiling ceiling = Ceiling.first(LimitSettings.standard(), NOW);
    LimitState state = new LimitState(ceiling, new TreeMap<>(), Pace.free(NOW));
    String body = LimitFile.write(NAME, state);
    return Stream.of(body, SharedState.signed(body), "# 0\n", "")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /** With the check sum that it has, and with the right one. */
  @MethodSource("seeds")
  @FuzzTest
  void whatIsReadIsWrittenAndReadAgain(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    assertReadAgain(SharedState.parsed(text));
    assertReadAgain(SharedState.parsed(SharedState.signed(text)));
  }

  private static void assertReadAgain(Optional<SharedState.Text> read) {
    read.ifPresent(it -> {
      String again = SharedState.signed(LimitFile.write(it.name(), it.state()));
      assertThat(SharedState.parsed(again)).contains(it);
      assertThat(SharedState.parsed(again.substring(0, again.length() - 1))).isEmpty();
    });
  }
}
