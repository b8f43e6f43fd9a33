package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.wire.RemotePath;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client calls a file, it is below the top. */
class PathnamesFuzz {
  static Stream<Arguments> seeds() {
    return Stream.of(
        Arguments.of("dir", "../../etc/passwd"),
        Arguments.of("a/b", "./c//d/"),
        Arguments.of("", "/../.."),
        Arguments.of("a", "x/".repeat(600)),
        Arguments.of("..", "..."),
        Arguments.of("a\"b", "\\..\\x"));
  }

  @MethodSource("seeds")
  @FuzzTest
  void isBelowTheTop(@NotNull String folder, @NotNull String argument) {
    if ((folder + argument).matches("(?s).*[\r\n\\x00].*")) {
      return; // No command has them.
    }
    try {
      RemotePath from = Pathnames.resolve(RemotePath.ROOT, folder);
      RemotePath path = Pathnames.resolve(from, argument);

      assertThat(path.value()).startsWith("/");
      for (String part : path.value().substring(1).split("/", -1)) {
        assertThat(part).isNotIn(".", "..");
        assertThat(part.isEmpty() && !path.equals(RemotePath.ROOT)).isFalse();
      }
      assertThat(Pathnames.resolve(from, path.value())).isEqualTo(path);
      String quoted = Pathnames.quoted(path);
      assertThat(quoted.substring(1, quoted.length() - 1).replace("\"\"", "\""))
          .isEqualTo(path.value());
    } catch (Denial e) {
      assertThat(e.reason()).isEqualTo(Denial.Reason.NAME_NOT_ALLOWED);
    }
  }
}
