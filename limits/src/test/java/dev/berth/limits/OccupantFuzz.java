package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What another program says of itself may be anything: its file belongs to another user. */
class OccupantFuzz {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  static Stream<byte[]> seeds() {
    AccountKey account = AccountKey.of(BudgetName.of("h", 21), new Account("ann"));
    Route route = new Route("ftp.example.com", new TreeSet<>(Set.of(40_001, 40_002)));
    return Stream.of(Occupant.Doing.values())
        .map(doing ->
            new Occupant(new ProcessName(4711, "ann", "berth put"), account, doing, NOW, 2, route))
        .map(occupant -> occupant.text().getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void whatIsReadIsWrittenAndReadAgainAndSteersNoTerminal(byte[] bytes) {
    Occupant occupant;
    try {
      occupant = Occupant.read(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException damaged) {
      assertThat(damaged).hasMessageMatching("(?s).+");
      return;
    }
    assertThat(Occupant.read(occupant.text())).isEqualTo(occupant);
    assertThat(occupant.program().sentence().codePoints()).noneMatch(Character::isISOControl);
    assertThat(occupant.places()).isBetween(0, 10_000);
  }
}
