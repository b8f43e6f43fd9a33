package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.FileTree;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.PeersOrSkip;
import dev.berth.testkit.TapSettings.Action;
import dev.berth.testkit.TapSettings.Trigger;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code cat}, {@code stat}, {@code rm}, {@code mkdir} and {@code mv} on real servers. */
@ExtendWith(PeersOrSkip.class)
final class CommandsTest {
  private static final List<String> NAMES =
      List.of("two words", "Grüße.txt", "-rf", "[brackets].txt", "star*", "100%", "日本語", ".hidden");

  @TempDir Path folder;

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }

  /** ProFTPD makes no folder with a star in its name; Apache hides what begins with a dot. */
  private static List<String> namesFor(PeerKind kind) {
    String impossible =
        switch (kind) {
          case PROFTPD -> ".*\\*.*";
          case APACHE -> "\\..*|.*[*\\[].*";
          case VSFTPD, PURE_FTPD, PYFTPDLIB -> "";
        };
    return NAMES.stream().filter(name -> !name.matches(impossible)).toList();
  }

  private static List<String> urls(Server server, List<String> names, UnaryOperator<String> path) {
    return names.stream().map(path).map(it -> server.url(encoded(it))).toList();
  }

  private static Object[] command(List<String> words, List<String> more) {
    return Stream.concat(words.stream(), more.stream()).toArray();
  }

  private static List<String> standing(Path top) throws IOException {
    try (Stream<Path> all = Files.list(top)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void oddNamesAreMadeFilledShownRenamedAndRemoved(PeerKind kind) throws IOException {
    List<String> names = namesFor(kind);
    try (Server server = Server.start(kind, PeerSettings.plain().perAddress(1))) {
      Berth berth = Berth.in(folder);
      Files.writeString(berth.here().resolve("file"), "content");

      List<String> made = urls(server, names, name -> name + "/" + name);
      List<String> renamed = urls(server, names, name -> name + "/+" + name);
      berth.run(command(List.of("mkdir"), urls(server, names, name -> name))).ended(0);
      made.forEach(url -> berth.run("put", "file", url).ended(0));
      Run shown = berth.run(command(List.of("cat"), made)).ended(0);
      for (int i = 0; i < names.size(); i++) {
        berth.run("mv", made.get(i), renamed.get(i)).ended(0);
      }
      Run told = berth.run(command(List.of("stat", "--json"), renamed)).ended(0);

      assertThat(shown.out()).isEqualTo("content".repeat(names.size()));
      assertThat(told.objects()).hasSameSizeAs(names);
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        assertThat(told.objects().get(i))
            .containsEntry("name", "+" + name)
            .containsEntry("type", "file");
        assertThat(server.root().resolve(name).resolve("+" + name)).hasContent("content");
      }
      assertThat(standing(server.root())).containsExactlyInAnyOrderElementsOf(names);
      berth.run(command(List.of("rm", "-r"), urls(server, names, name -> name))).ended(0);

      assertThat(standing(server.root())).isEmpty();
      assertThat(server.tap().mostAdmittedAtOnce()).isEqualTo(1);
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void aFolderOfHundredsOfFilesGoesUnderALimitOfTwo(PeerKind kind) throws IOException {
    try (Server server = Server.start(kind, PeerSettings.plain().perAddress(2))) {
      FileTree.of(7, new FileTree.Shape(10, 30, 10))
          .writeTo(Files.createDirectory(server.root().resolve("tree")));
      Files.createDirectories(server.root().resolve("tree/empty/deep"));
      Files.writeString(server.root().resolve("stays"), "stays");
      server.peer().own();
      Berth berth = Berth.in(folder);
      String url = server.url("tree");

      Run planned = berth.run("rm", "-r", "--dry-run", "--json", url).ended(0);
      assertThat(planned.objects())
          .filteredOn(it -> "planned".equals(it.get("result")))
          .hasSize(313);
      assertThat(standing(server.root())).containsExactly("stays", "tree");
      assertThat(berth.run("rm", url).ended(3).err()).contains("--recursive");
      Run run = berth.run("rm", "-r", "--json", "--parallel", 8, url).ended(0);

      assertThat(standing(server.root())).containsExactly("stays");
      assertThat(run.count("files")).isEqualTo(313);
      assertThat(run.count("failed")).isZero();
      assertThat(server.tap().mostAdmittedAtOnce()).isLessThanOrEqualTo(2);
      assertThat(berth.run("rm", "-r", url).ended(3).err()).contains("/tree: ");
      berth.run("rm", "-rf", url).ended(0);
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void linksAreRemovedAndWhatTheyLeadToStays(PeerKind kind) throws IOException {
    try (Server server = Server.start(kind, PeerSettings.plain())) {
      Path root = server.root();
      Files.createDirectories(root.resolve("kept/inner"));
      Files.writeString(root.resolve("kept/file"), "kept");
      Files.writeString(root.resolve("kept/inner/file"), "kept");
      Files.createDirectories(root.resolve("tree/sub"));
      for (String at : List.of("link", "tree/link", "tree/sub/link")) {
        Files.createSymbolicLink(root.resolve(at), root.resolve("kept"));
      }
      Files.createSymbolicLink(root.resolve("tree/up"), Path.of(".."));
      Files.createSymbolicLink(root.resolve("tree/dangling"), Path.of("nowhere"));
      server.peer().own();
      Berth berth = Berth.in(folder);

      berth.run("rm", "-r", server.url("link")).ended(0);
      assertThat(Files.exists(root.resolve("link"), LinkOption.NOFOLLOW_LINKS)).isFalse();
      Run run = berth.run("rm", "-r", server.url("tree"));

      assertThat(root.resolve("kept/file")).hasContent("kept");
      assertThat(root.resolve("kept/inner/file")).hasContent("kept");
      if (kind == PeerKind.APACHE) { // It keeps a link to its working folder: "resource busy".
        assertThat(run.ended(3).err()).contains("/tree/up: RMD was answered: 450");
      } else {
        run.ended(0);
        assertThat(standing(root)).containsExactly("kept");
      }
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void foldersAreMadeWithTheirParentsAndOnlyThen(PeerKind kind) throws IOException {
    try (Server server = Server.start(kind, PeerSettings.plain())) {
      Berth berth = Berth.in(folder);

      berth.run("mkdir", server.url("a/b/c")).ended(3);
      berth.run("mkdir", "-p", server.url("a/b/c"), server.url("a/b/d")).ended(0);
      Run again = berth.run("mkdir", "-p", "--json", server.url("a/b/c")).ended(0);
      Run twice = berth.run("mkdir", server.url("a/b/c")).ended(3);

      assertThat(standing(server.root().resolve("a/b"))).containsExactly("c", "d");
      assertThat(again.objects().getFirst()).containsEntry("result", "unchanged");
      assertThat(twice.err()).contains("it is there already");
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void nothingIsReplacedUnlessItIsAskedFor(PeerKind kind) throws IOException {
    try (Server server = Server.start(kind, PeerSettings.plain())) {
      Path root = server.root();
      Files.writeString(root.resolve("new"), "new");
      Files.writeString(root.resolve("old"), "old");
      Files.createDirectories(root.resolve("into"));
      Files.createDirectories(root.resolve("tree/sub"));
      server.peer().own();
      Berth berth = Berth.in(folder);

      Run kept = berth.run("mv", server.url("new"), server.url("old")).ended(3);
      assertThat(kept.err()).contains("/old is there already", "--force");
      assertThat(root.resolve("old")).hasContent("old");
      berth.run("mv", "--force", server.url("new"), server.url("old")).ended(0);
      assertThat(root.resolve("old")).hasContent("new");
      berth.run("mv", server.url("old"), server.url("tree"), server.url("into")).ended(0);
      assertThat(standing(root)).containsExactly("into");
      assertThat(standing(root.resolve("into"))).containsExactly("old", "tree");
      assertThat(berth.run("mv", server.url("into/old"), server.url("none/")).ended(3).err())
          .contains("/none is no folder");
      assertThat(berth.run("mv", server.url("gone"), server.url("x")).ended(3).err())
          .contains("/gone: the server knows no such file");
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void oneEntryIsToldWithTheKeysOfAListingAndItsPath(PeerKind kind) throws IOException {
    try (Server server = Server.start(kind, PeerSettings.plain())) {
      server.peer().fill(FileTree.of(5, new FileTree.Shape(1, 1, 10)).with("file.bin", 1234));
      Berth berth = Berth.in(folder);

      Run told =
          berth.run("stat", "--json", server.url("file.bin"), server.url("folder-00")).ended(0);
      Run missing = berth.run("stat", server.url("no"), server.url("file.bin")).ended(3);

      assertThat(told.objects()).hasSize(2);
      assertThat(told.objects().getFirst())
          .containsOnlyKeys(
              "path", "name", "type", "size", "modified", "permissions", "owner", "group", "target")
          .containsEntry("path", "/file.bin")
          .containsEntry("name", "file.bin")
          .containsEntry("type", "file");
      assertThat(told.objects().getFirst().get("modified").toString())
          .startsWith("2026-01-02T03:05:05");
      assertThat(((Number) told.objects().getFirst().get("size")).intValue()).isEqualTo(1234);
      if (kind != PeerKind.APACHE) { // Its facts are type, size and time.
        assertThat(told.objects().getFirst().get("permissions")).isNotNull();
      }
      assertThat(told.objects().getLast()).containsEntry("type", "folder");
      assertThat(missing.err()).contains("/no: the server knows no such file");
      assertThat(missing.out()).contains("path:        /file.bin");
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void filesComeOutInOrderByteForByte(PeerKind kind) throws IOException {
    try (Server server = Server.start(kind, PeerSettings.plain().perAddress(1))) {
      byte[] big = new byte[3_000_000];
      new Random(11).nextBytes(big);
      Files.write(server.root().resolve("big"), big);
      Files.writeString(server.root().resolve("small"), "small");
      Files.writeString(server.root().resolve("empty"), "");
      server.peer().own();
      Berth berth = Berth.in(folder);
      List<String> words = new ArrayList<>(List.of("cat"));
      List.of("small", "big", "empty", "small").forEach(it -> words.add(server.url(it)));

      berth.run(words.toArray()).ended(0);

      byte[] out = Files.readAllBytes(folder.resolve("berth/out-1"));
      assertThat(out).hasSize(big.length + 10).startsWith("small".getBytes(StandardCharsets.UTF_8));
      assertThat(Arrays.copyOfRange(out, 5, 5 + big.length)).isEqualTo(big);
      assertThat(server.tap().mostAdmittedAtOnce()).isEqualTo(1);
    }
  }

  @SideBySide
  @Test
  void aReaderThatHasSeenEnoughEndsCatQuietly() throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain())) {
      Files.write(server.root().resolve("big"), new byte[20_000_000]);
      server.peer().own();

      Run run = Berth.in(folder).runInto("head -c 10", "cat", server.url("big")).ended(141);

      assertThat(run.out()).hasSize(10);
      assertThat(run.err()).isEmpty();
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD", "PURE_FTPD"})
  void aConnectionThatBreaksAtAChangeCostsNothing(PeerKind kind) throws IOException {
    Trigger atDelete = new Trigger.Command("DELE");
    Trigger atRename = new Trigger.Command("RNTO");
    try (Server server =
        Server.start(
            kind,
            PeerSettings.plain(),
            tap -> tap.fault(1, atDelete, Action.RESET).fault(3, atRename, Action.RESET))) {
      Files.writeString(server.root().resolve("file"), "file");
      Files.writeString(server.root().resolve("other"), "other");
      server.peer().own();
      Berth berth = Berth.in(folder);

      berth.run("rm", server.url("file")).ended(0);
      berth.run("mv", server.url("other"), server.url("another")).ended(0);

      assertThat(standing(server.root())).containsExactly("another");
    }
  }

  @SideBySide
  @Test
  void theLoginFolderIsNeverRemoved() throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain())) {
      Files.writeString(server.root().resolve("file"), "file");
      server.peer().own();
      Berth berth = Berth.in(folder);

      for (String path : List.of("", "/", "%2F", ".", "x/..", "/./", "//")) {
        berth.run("rm", "-rf", server.url(path)).ended(2);
      }

      assertThat(standing(server.root())).containsExactly("file");
      assertThat(server.tap().mostAdmittedAtOnce()).isZero();
    }
  }
}
