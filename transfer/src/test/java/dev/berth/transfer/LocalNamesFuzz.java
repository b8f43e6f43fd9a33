package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server calls its files: none leaves the folder that it is to stand in. */
class LocalNamesFuzz {
  private static final Path FOLDER = Path.of("/folder/of/the/user");

  static Stream<byte[]> seeds() {
    return Stream.of(
            "name", "..", ".", "../up", "/root", "a/../..", "a\0", "\u00e4\uD83D\uDE00", "~")
        .map(name -> name.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void noNameLeavesItsFolder(byte[] bytes) {
    String name = Octets.toText(bytes);

    LocalNames.place(FOLDER, name)
        .ifPresent(place -> {
          assertThat(place.getParent()).isEqualTo(FOLDER);
          assertThat(place.normalize()).isEqualTo(place);
          assertThat(place.getFileName()).hasToString(Octets.latin(name));
          assertThat(place.resolveSibling(TemporaryName.of(name)).getParent()).isEqualTo(FOLDER);
        });
  }
}
