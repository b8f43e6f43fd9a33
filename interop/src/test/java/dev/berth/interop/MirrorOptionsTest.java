package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be chosen for a mirror, on real servers. */
@ExtendWith(PeersOrSkip.class)
final class MirrorOptionsTest {
  private static final Instant LONG_AGO = Instant.parse("2024-03-04T05:06:07Z");

  @TempDir Path folder;

  private static Path write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static List<String> targets(Run run, String result, String key) {
    return run.objects().stream()
        .filter(object -> result.equals(object.get("result")))
        .map(object -> String.valueOf(object.get(key)))
        .sorted()
        .toList();
  }

  /** Every one of them sets times, each by its own command; Apache knows no permissions. */
  @ParameterizedTest
  @EnumSource
  void upKeepsTimesAndPermissionsAndThenMovesNothing(PeerKind kind) throws IOException {
    Path source = folder.resolve("source");
    Path file = write(source.resolve("sub/two words.txt"), "hello");
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    try (Server server = Server.start(kind, PeerSettings.plain())) {
      Berth berth = Berth.in(folder);

      berth.run("mirror", "--json", "--permissions", source, server.url("up")).ended(0);
      Run again = berth.run("mirror", "--json", source, server.url("up")).ended(0);

      assertThat(again.count("unchanged")).as(again.toString()).isEqualTo(1);
      Path there = server.root().resolve("up/sub/two words.txt");
      assertThat(Files.getLastModifiedTime(there).toInstant()).isEqualTo(LONG_AGO);
      if (kind != PeerKind.APACHE) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there)))
            .isEqualTo("rw-rw-r--");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void upRemovesWhatOnlyTheServerHasAndNothingElse(PeerKind kind) throws IOException {
    Path source = folder.resolve("source");
    write(source.resolve("a.txt"), "a");
    write(source.resolve("sub/b.txt"), "b");
    try (Server server = Server.start(kind, PeerSettings.plain())) {
      Path site = server.root().resolve("site");
      write(site.resolve("old.txt"), "old");
      write(site.resolve("old/deep/c.txt"), "c");
      write(site.resolve("mixed/d.txt"), "d");
      write(site.resolve("mixed/keep.tmp"), "keep");
      write(site.resolve("sub/e.txt"), "e");
      write(site.resolve("cache/f.txt"), "f");
      write(server.root().resolve("outside/precious.txt"), "precious");
      Files.createSymbolicLink(site.resolve("link"), Path.of("../outside"));
      server.peer().own();
      Berth berth = Berth.in(folder);
      List<String> words = List.of("mirror", "--json", "--exclude=*.tmp", "--exclude=/cache/");

      Run refused =
          berth.run(with(words, "--delete", "--max-delete=3", source, server.url("site"))).ended(3);
      assertThat(refused.count("deleted")).isZero();
      assertThat(targets(refused, "deletionPlanned", "source"))
          .contains("/site/link", "/site/old", "/site/old.txt", "/site/sub/e.txt")
          .noneMatch(path -> path.endsWith(".tmp") || path.endsWith("/mixed"));
      assertThat(site.resolve("old.txt")).exists();

      Run done = berth.run(with(words, "--delete", source, server.url("site"))).ended(0);
      assertThat(done.count("deleted")).isGreaterThanOrEqualTo(7);
      assertThat(standing(site))
          .containsExactlyInAnyOrder(
              "a.txt", "sub", "sub/b.txt", "mixed", "mixed/keep.tmp", "cache", "cache/f.txt");
      assertThat(server.root().resolve("outside/precious.txt")).hasContent("precious");
    }
  }

  private static Object[] with(List<String> words, Object... more) {
    List<Object> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all.toArray();
  }

  private static List<String> standing(Path top) throws IOException {
    try (var paths = Files.walk(top)) {
      return paths
          .filter(path -> !path.equals(top))
          .map(path -> top.relativize(path).toString())
          .toList();
    }
  }

  /** vsftpd lists it as empty, and says so in the completion alone. */
  @Test
  void aFolderThatTheServerMayNotReadRemovesNothing() throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain())) {
      Path closed = write(server.root().resolve("site/closed/a.txt"), "a").getParent();
      server.peer().own();
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("--x--x--x"));
      Path down = folder.resolve("down");
      write(down.resolve("closed/a.txt"), "a");

      Run run = Berth.in(folder).run("mirror", "--delete", server.url("site"), down).ended(3);

      assertThat(run.err()).contains("failed to open directory", "nothing is removed");
      assertThat(down.resolve("closed/a.txt")).hasContent("a");
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void downRemovesWhatOnlyTheFolderHasOnceAllTheRestWentWell() throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain())) {
      write(server.root().resolve("site/a.txt"), "a");
      write(server.root().resolve("empty/none"), "");
      Files.delete(server.root().resolve("empty/none"));
      server.peer().own();
      Path down = folder.resolve("down");
      write(down.resolve("old/c.txt"), "c");
      write(folder.resolve("outside/precious.txt"), "precious");
      Files.createSymbolicLink(down.resolve("link"), Path.of("../outside"));
      Berth berth = Berth.in(folder);

      Run planned = berth.run("mirror", "--dry-run", "--delete", server.url("site"), down).ended(0);
      assertThat(planned.out()).contains("delete " + down.resolve("old/c.txt"));
      Run empty = berth.run("mirror", "--delete", server.url("empty"), down).ended(3);
      assertThat(empty.err()).contains("the source has nothing");
      assertThat(down.resolve("old/c.txt")).exists();
      Run done = berth.run("mirror", "--json", "--delete", server.url("site"), down).ended(0);

      assertThat(done.count("deleted")).isEqualTo(3);
      assertThat(standing(down)).containsExactly("a.txt");
      assertThat(folder.resolve("outside/precious.txt")).hasContent("precious");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD"})
  void linksOfAServerArePassedOverFollowedOrMade(PeerKind kind) throws IOException {
    try (Server server = Server.start(kind, PeerSettings.plain())) {
      Path site = server.root().resolve("site");
      write(site.resolve("sub/a.txt"), "a");
      Files.createSymbolicLink(site.resolve("file"), Path.of("sub/a.txt"));
      Files.createSymbolicLink(site.resolve("folder"), Path.of("sub"));
      Files.createSymbolicLink(site.resolve("sub/loop"), Path.of(".."));
      Files.createSymbolicLink(site.resolve("out"), Path.of("../../../../etc/passwd"));
      server.peer().own();
      Berth berth = Berth.in(folder);

      Path skipped = folder.resolve("skipped");
      berth.run("mirror", server.url("site"), skipped).ended(0);
      assertThat(standing(skipped)).containsExactlyInAnyOrder("sub", "sub/a.txt");

      Path followed = folder.resolve("followed");
      berth.run("mirror", "--links=follow", server.url("site"), followed).ended(0);
      assertThat(standing(followed))
          .contains("file", "folder/a.txt", "sub/a.txt")
          .noneMatch(path -> path.contains("loop/"));
      assertThat(Files.isSymbolicLink(followed.resolve("file"))).isFalse();

      Path copied = folder.resolve("copied");
      Run copy = berth.run("mirror", "--links=copy", server.url("site"), copied).ended(0);
      assertThat(copied.resolve("file")).isSymbolicLink().hasContent("a");
      assertThat(Files.exists(copied.resolve("out"), LinkOption.NOFOLLOW_LINKS)).isFalse();
      if (kind != PeerKind.PROFTPD) { // Its MLSD leaves out what leads nowhere.
        assertThat(copy.err()).contains("may lead out of the target");
      }
    }
  }

  @Test
  void onlyNewerFilesReplaceOlderOnes() throws IOException {
    try (Server server = Server.start(PeerKind.PROFTPD, PeerSettings.plain())) {
      Path a = write(server.root().resolve("a.txt"), "from the server");
      Path b = write(server.root().resolve("b.txt"), "from the server");
      Files.setLastModifiedTime(a, FileTime.from(LONG_AGO));
      Files.setLastModifiedTime(b, FileTime.from(LONG_AGO));
      server.peer().own();
      Path down = folder.resolve("down");
      write(down.resolve("a.txt"), "mine, and newer");
      Path older = write(down.resolve("b.txt"), "mine");
      Files.setLastModifiedTime(older, FileTime.from(LONG_AGO.minus(Duration.ofDays(1))));

      Run run = Berth.in(folder).run("mirror", "--json", "--newer", server.url(""), down).ended(0);

      assertThat(targets(run, "done", "source")).containsExactly("/b.txt");
      assertThat(down.resolve("a.txt")).hasContent("mine, and newer");
    }
  }

  @Test
  void aRateIsKeptInBothDirectionsBySeveralFilesTogether() throws IOException {
    Path source = folder.resolve("source");
    for (String name : List.of("a", "b", "c", "d")) {
      write(source.resolve(name), "x".repeat(100_000));
    }
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain())) {
      Berth berth = Berth.in(folder);

      Run up = berth.run("mirror", "--bwlimit=200K", "--json", source, server.url("up")).ended(0);
      Run down =
          berth
              .run("mirror", "--bwlimit=200K", "--json", server.url("up"), folder.resolve("down"))
              .ended(0);

      for (Run run : List.of(up, down)) {
        Map<String, Object> summary = run.summary();
        assertThat(summary).containsEntry("failed", 0L);
        assertThat(run.took()).isBetween(Duration.ofMillis(1800), Duration.ofSeconds(20));
      }
    }
  }
}
