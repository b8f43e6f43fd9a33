package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The file of limits may be damaged as it likes: it is read as a whole, or not at all. */
class LimitFileFuzz {
  private static final BudgetName NAME = BudgetName.of("h", 21);
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  static Stream<byte[]> seeds() {
    Ceiling ceiling =
        new Ceiling(
            5,
            2,
            NOW,
            new Evidence(Evidence.Kind.COUNTED, NOW, "421 Too many"),
            NOW,
            Duration.ofMinutes(5),
            Duration.ofSeconds(2));
    TreeMap<Account, Ceiling> accounts = new TreeMap<>();
    LimitState small = new LimitState(ceiling, accounts, Pace.free(NOW));
    accounts.put(new Account("ann"), ceiling);
    LimitState large = new LimitState(ceiling, accounts, new Pace(NOW, 1, 2, "no answer"));
    return Stream.of(small, large)
        .map(state -> LimitFile.write(NAME, state).getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void whatIsReadIsWrittenAndReadAgain(byte[] bytes) {
    LimitState state;
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      assertThat(LimitFile.name(text).host()).isNotEmpty();
      state = LimitFile.read(NAME, text);
    } catch (IllegalArgumentException damaged) {
      assertThat(damaged).hasMessageMatching("(?s).+");
      return;
    }
    assertThat(LimitFile.read(NAME, LimitFile.write(NAME, state))).isEqualTo(state);
    assertThat(state.address().room()).isBetween(1, state.address().limit());
    assertThat(state.address().evidence().words().length()).isLessThanOrEqualTo(400);
    assertThat(LimitMerge.of(state, state)).isEqualTo(state);
  }
}
