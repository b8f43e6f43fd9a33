package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A pathname of any text: one that a command can carry, taken apart and put together, or none. */
class RemotePathFuzz {
  private static final RemotePath FOLDER = new RemotePath("/folder");

  static Stream<byte[]> seeds() {
    return Stream.of("/", "//", "/a/b c/", "/a/../b", "a\r\nDELE b", "/\u00e4\uD83D\uDE00/\0", "")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void aPathnameIsItsFolderAndItsName(byte[] bytes) {
    String text = Octets.toText(bytes);
    absolute(text).ifPresent(RemotePathFuzz::assertParts);
    try {
      RemotePath path = new RemoteLocation.FromLogin(text).in(FOLDER);
      assertThat(path.value()).startsWith(FOLDER.value());
      assertParts(path);
    } catch (IllegalArgumentException none) {
      assertThat(none).hasMessageMatching("(?s)(not relative|CR, LF or NUL).*");
    }
  }

  private static Optional<RemotePath> absolute(String text) {
    try {
      return Optional.of(new RemotePath(text));
    } catch (IllegalArgumentException none) {
      assertThat(none).hasMessageMatching("(?s)(not an absolute|CR, LF or NUL).*");
      return Optional.empty();
    }
  }

  private static void assertParts(RemotePath path) {
    assertThat(new RemotePath(path.value())).isEqualTo(path);
    assertThat(path.name()).doesNotContain("/");
    assertThat(path.value()).startsWith(path.parent().value()).endsWith("/" + path.name());
    assertThat(path.toString().codePoints()).noneMatch(Character::isISOControl);
  }
}
