package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Small texts that clients send: times, facts, patterns. */
class TextFuzz {
  static Stream<String> times() {
    return Stream.of(
        "20261123075100",
        "20261123075100.123456789",
        "20260231000000",
        "00000101000000",
        "2026",
        "20261123075160",
        "20261123075100.",
        "99991231235959.9999999999");
  }

  @MethodSource("times")
  @FuzzTest
  void aTimeThatIsReadIsWrittenAsItWas(@NotNull String text) {
    TimeText.read(text)
        .ifPresent(time -> assertThat(TimeText.write(time)).isEqualTo(text.substring(0, 14)));
  }

  static Stream<String> facts() {
    return Stream.of(
        "Modify=20261123075100;UNIX.mode=0644;",
        "unix.mode=7;",
        "modify;",
        ";;",
        "=;",
        "Modify=",
        "UNIX.mode=07777;",
        "Modify=20261123075100;Size=3;");
  }

  @MethodSource("facts")
  @FuzzTest
  void factsThatAreReadAreReadAgain(@NotNull String text) {
    SettableFacts.read(text)
        .ifPresent(facts -> {
          String told = facts.text();
          assertThat(told).matches("(Modify=\\d{14};)?(UNIX\\.mode=0[0-7]{1,3};)?").isNotEmpty();
          assertThat(SettableFacts.read(told).orElseThrow().text()).isEqualTo(told);
        });
    FactText.chosen(text);
  }

  static Stream<Arguments> patterns() {
    return Stream.of(
        Arguments.of("*.txt", "a.txt"),
        Arguments.of("a?c*", "abc"),
        Arguments.of("*", ".hidden"),
        Arguments.of("**a*b", "aab"),
        Arguments.of("", ""),
        Arguments.of("*a*a*a*a*a*a*a*b", "a".repeat(200)));
  }

  @MethodSource("patterns")
  @FuzzTest
  void aPatternMatchesWhatATableSays(@NotNull String pattern, @NotNull String name) {
    boolean isHidden = name.startsWith(".") && !pattern.startsWith(".");

    assertThat(NamePattern.of(pattern).matches(name))
        .isEqualTo(!isHidden && isMatch(pattern, name));
  }

  /** Whether the first of one match the first of the other, for all lengths. */
  private static boolean isMatch(String pattern, String name) {
    boolean[][] matches = new boolean[pattern.length() + 1][name.length() + 1];
    matches[0][0] = true;
    for (int p = 1; p <= pattern.length(); p++) {
      char wanted = pattern.charAt(p - 1);
      matches[p][0] = wanted == '*' && matches[p - 1][0];
      for (int n = 1; n <= name.length(); n++) {
        matches[p][n] =
            wanted == '*'
                ? matches[p - 1][n] || matches[p][n - 1]
                : (wanted == '?' || wanted == name.charAt(n - 1)) && matches[p - 1][n - 1];
      }
    }
    return matches[pattern.length()][name.length()];
  }
}
