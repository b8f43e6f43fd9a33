package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FactLineTest {
  @Test
  void factsAndPathnameArePartedAtTheFirstSpaceBehindTheFacts() {
    assertThat(FactLine.read("Type=file;Size=5;  a b; "))
        .isEqualTo(new FactLine.Facts(Map.of("type", "file", "size", "5"), " a b; "));
  }

  @Test
  void factNamesAreFoundInAnyCaseAndEmptyOnesAreNot() {
    assertThat(FactLine.read("UNIX.Mode=0644;size=; f"))
        .isInstanceOfSatisfying(
            FactLine.Facts.class,
            facts -> {
              assertThat(facts.value("unix.MODE")).contains("0644");
              assertThat(facts.value("size")).isEmpty();
              assertThat(facts.value("type")).isEmpty();
            });
  }

  @Test
  void noFactsAtAllAreAllowed() {
    assertThat(FactLine.read(" name=x; y")).isEqualTo(new FactLine.Facts(Map.of("name", "x"), "y"));
    assertThat(FactLine.read(" plain name")).isEqualTo(new FactLine.Facts(Map.of(), "plain name"));
  }

  @Test
  void whatIsNoLineOfFactsSaysWhereItBreaks() {
    assertThat(FactLine.read("type=file;oops; f"))
        .isEqualTo(new FactLine.Malformed("no fact and no pathname at character 11"));
    assertThat(FactLine.read("type=file;"))
        .isEqualTo(new FactLine.Malformed("no pathname after the facts"));
    assertThat(FactLine.read("x".repeat(FactLine.MAX_LENGTH + 1)))
        .isEqualTo(new FactLine.Malformed("longer than 16384 characters"));
  }

  @Test
  void anyCharactersBecomeFactsOrMalformed() {
    long seed = 2389L;
    Random random = new Random(seed);
    String letters = "  ;;==tyepOS.unix=slink:\u0000\t漢";
    for (int round = 0; round < 50_000; round++) {
      StringBuilder line = new StringBuilder(round % 3 == 0 ? "type=OS.unix=slink:" : "");
      for (int length = random.nextInt(20); length > 0; length--) {
        line.append(letters.charAt(random.nextInt(letters.length())));
      }
      if (FactLine.read(line.toString()) instanceof FactLine.Facts facts) {
        assertThat(line.toString()).as("seed %s", seed).endsWith(" " + facts.pathname());
      }
    }
  }
}
