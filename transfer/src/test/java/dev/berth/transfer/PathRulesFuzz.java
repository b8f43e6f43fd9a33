package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a file of patterns, and whatever a server calls its files. */
class PathRulesFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "*.tmp\n!a\n/b/\n**/c\nsub/b/c",
            "[a-z]\n[[:alpha:]]\n\\*\na/b",
            "a/**/b\n#x\n \\ \nx",
            "[!]]\n[]-a]\n[\\]]\n]")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /** The last line is the pathname. */
  @MethodSource("seeds")
  @FuzzTest
  void patternsAreReadOrRefusedAndAnswerTheSameTwice(byte[] bytes) {
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty() || lines.getLast().isEmpty() || lines.size() > 20) {
      return;
    }
    String path = lines.getLast();
    read(lines.subList(0, lines.size() - 1))
        .ifPresent(rules -> {
          boolean isOut = rules.excludes(path, false);

          assertThat(rules.excludes(path, false)).isEqualTo(isOut);
          if (rules.excludes(path, true)) {
            assertThat(rules.excludes(path + "/x", false)).isTrue();
          }
        });
  }

  private static Optional<PathRules> read(List<String> lines) {
    try {
      return Optional.of(PathRules.all().excludeLines(lines));
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }
}
