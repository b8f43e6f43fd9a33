package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A line of facts, whatever it is: facts and the pathname behind them, or malformed. */
class FactLineFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "type=file;size=5;modify=20260102030405; name",
            " Type=dir;Perm=el;  two spaces",
            "type=OS.unix=slink:/my files;unique=1g2; link",
            "type=file;type=dir;;size=; a=b; c",
            "size=1 name",
            "no facts")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void whatIsReadStandsInTheLine(byte[] bytes) {
    String line = Octets.toText(bytes);
    switch (FactLine.read(line)) {
      case FactLine.Malformed malformed -> assertThat(malformed.why()).isNotEmpty();
      case FactLine.Facts facts -> {
        assertThat(line).endsWith(" " + facts.pathname());
        facts
            .values()
            .forEach((name, value) -> {
              assertThat(name).isNotEmpty().isEqualTo(name.toLowerCase(Locale.ROOT));
              assertThat(line).contains("=" + value);
            });
        assertThat(FactLine.read(written(facts))).isEqualTo(facts);
      }
    }
  }

  private static String written(FactLine.Facts facts) {
    String values =
        facts.values().entrySet().stream()
            .map(fact -> fact.getKey() + "=" + fact.getValue() + ";")
            .collect(Collectors.joining());
    return (values.isEmpty() ? ";" : values) + " " + facts.pathname();
  }
}
