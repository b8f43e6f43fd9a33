package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.dialects.ListingEntry;
import dev.berth.wire.RemotePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that a server lists, made here: never one that leads out. */
class LinkCopyTest {
  @TempDir Path folder;
  private final Heard heard = new Heard();

  private void make(String path, String target) {
    ListingEntry link = ListingEntry.named("link", ListingEntry.Type.LINK).target(target).build();
    new LinkCopy(RemotePath.ROOT, folder, false, new Ledger(heard)).make(Map.of(path, link));
  }

  @ParameterizedTest
  @CsvSource({
    "l, a.txt, true",
    "l, ./a.txt, true",
    "l, sub/a.txt, true",
    "d/l, ../a.txt, true",
    "d/e/l, ../../a, true",
    "d/e/l, ../../../a, false",
    "l, .., false",
    "l, ../x, false",
    "l, /etc/passwd, false",
    "l, a/../../x, false",
    "d/l, a/../b, false", // a may be a link itself
    "l, a//b, false",
    "l, a/, false"
  })
  void aTargetIsSafeIfItStaysBelowTheTopByItself(String path, String target, boolean isSafe) {
    assertThat(LinkCopy.safe(path, target).isPresent()).isEqualTo(isSafe);
  }

  /** A hostile server's may hold what no pathname of ours holds. */
  @ParameterizedTest
  @ValueSource(strings = {"\0", "a\0b", "../\r", "x\n"})
  void aTargetWithNulOrLineEndIsJudgedLikeAnyOther(String target) {
    ListingEntry link = ListingEntry.named("link", ListingEntry.Type.LINK).target(target).build();

    assertThat(LinkEnd.leadsBack(new RemotePath("/top"), link)).isFalse();
    assertThat(LinkCopy.safe("link", target)).isEmpty();
  }

  @Test
  void aLinkIsMadeOnceAndThenLeft() throws IOException {
    make("l", "a.txt");
    make("l", "a.txt");

    assertThat(Files.readSymbolicLink(folder.resolve("l"))).isEqualTo(Path.of("a.txt"));
    assertThat(heard.count(FileResult.Changed.class)).isEqualTo(1);
    assertThat(heard.count(FileResult.Unchanged.class)).isEqualTo(1);
  }

  @Test
  void aLinkThatLeadsOutIsToldAndNotMade() {
    make("l", "../x");

    assertThat(Files.exists(folder.resolve("l"), java.nio.file.LinkOption.NOFOLLOW_LINKS))
        .isFalse();
    assertThat(heard.notes()).singleElement().asString().contains("may lead out");
  }

  /** A first listing makes a/b a link to the top, a second one a folder with a link in it. */
  @Test
  void aLinkBehindALinkOfOursIsNotMade() throws IOException {
    Files.createDirectory(folder.resolve("a"));
    make("a/b", "..");
    make("a/b/l", "../../x");

    assertThat(folder.resolve("l")).doesNotExist();
    assertThat(Files.isSymbolicLink(folder.resolve("l"))).isFalse();
    assertThat(heard.notes()).singleElement().asString().contains("itself a link");
  }
}
