package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.dialects.ListingEntry;
import dev.berth.wire.Octets;
import dev.berth.wire.RemotePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server says its links lead to: none that is made here leads out of the target. */
class LinkTargetFuzz {
  private static final Path TOP = Path.of("/folder/of/the/user");
  private static final Path FOLDER = Path.of("/a/b");
  private static final String LINK = "a/b/link";

  static Stream<byte[]> seeds() {
    return Stream.of(
            "../c", "../../c", "../../../c", "x/../../../..", "/etc", ".", "", "a\0b", "a\rb", "..")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void noLinkLeadsOutAndEveryTargetIsJudged(byte[] bytes) {
    String target = Octets.toText(bytes);
    LinkCopy.safe(LINK, target)
        .ifPresent(end -> {
          assertThat(end.isAbsolute()).isFalse();
          assertThat(TOP.resolve(LINK).resolveSibling(end).normalize().startsWith(TOP)).isTrue();
        });
    ListingEntry link = ListingEntry.named("link", ListingEntry.Type.LINK).target(target).build();
    asPath(target)
        .ifPresent(path ->
            assertThat(LinkEnd.leadsBack(new RemotePath(FOLDER.toString()), link))
                .isEqualTo(FOLDER.startsWith(FOLDER.resolve(path).normalize())));
  }

  private static Optional<Path> asPath(String target) {
    try {
      return Optional.of(Path.of(target));
    } catch (InvalidPathException e) {
      // The JDK cannot say where that leads.
      return Optional.empty();
    }
  }
}
