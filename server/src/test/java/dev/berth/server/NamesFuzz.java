package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.session.Denial;
import dev.berth.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client calls a file: a name that comes back, or a denial, and never a way up. */
class NamesFuzz {
  private static final Names NAMES = new Names(FileSystems.getDefault());

  static Stream<byte[]> seeds() {
    return Stream.of(
            "plain", "..", ".", "", "../up", "a/b", "Grüße", "nul\0", "%2e%2e", ".berth-up-1")
        .flatMap(it ->
            Stream.of(
                it.getBytes(StandardCharsets.UTF_8), it.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void everyNameComesBackOrIsDenied(byte[] bytes) {
    String name = Octets.toText(bytes);
    try {
      Path path = NAMES.path(name);

      assertThat(path.getNameCount()).isEqualTo(1);
      assertThat(path.isAbsolute()).isFalse();
      assertThat(path.normalize()).isEqualTo(path);
      assertThat(Octets.toBytes(NAMES.text(path))).isEqualTo(bytes);
    } catch (Denial denied) {
      assertThat(denied.reason()).isNotNull();
    }
  }
}
