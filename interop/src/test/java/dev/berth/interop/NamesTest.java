package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.FileTree;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names that scripts break on, and files and folders with nothing in them. */
@ExtendWith(PeersOrSkip.class)
final class NamesTest {
  private static final List<String> NAMES =
      List.of(
          "two words.txt",
          " begins with a space",
          "-rf",
          "--help",
          "it's \"quoted\".txt",
          "#hash",
          "100%.txt",
          "%41.txt",
          "[brackets].txt",
          "star*.txt",
          "question?.txt",
          "semi;colon",
          "back\\slash",
          "a:b",
          "~tilde",
          "$HOME",
          ".hidden",
          "..dots",
          "Grüße.txt",
          "日本語.txt",
          "emoji-\uD83D\uDEA2.bin");

  @TempDir Path folder;

  @SideBySide
  @ParameterizedTest
  @EnumSource
  void everyNameGoesThereAndComesBack(PeerKind kind) throws IOException {
    Path source = tree(folder.resolve("source"), namesFor(kind));
    try (Server server = Server.start(kind, PeerSettings.plain().perAddress(2))) {
      Berth berth = Berth.in(folder);
      Path down = folder.resolve("down");

      berth.run("mirror", source, server.url("up")).ended(0);
      assertSameNames(source, server.root().resolve("up"));
      berth.run("mirror", server.url("up"), down).ended(0);

      assertSameNames(source, down);
    }
  }

  /**
   * Pure-FTPd prohibits backslashes (553). Apache FtpServer takes them for slashes, never lists
   * what begins with a dot, and takes the name of a folder to be listed for a pattern.
   */
  private static List<String> namesFor(PeerKind kind) {
    String impossible =
        switch (kind) {
          case PURE_FTPD -> ".*\\\\.*";
          case APACHE -> "\\..*|.*[\\\\\\[].*";
          case VSFTPD, PROFTPD, PYFTPDLIB -> "";
        };
    return NAMES.stream().filter(name -> !name.matches(impossible)).toList();
  }

  private static Path tree(Path top, List<String> names) throws IOException {
    for (String name : names) {
      write(top.resolve(name), name);
      // ProFTPD makes no folder with a star in its name (550 Invalid directory name).
      write(top.resolve("in " + name.replace('*', '+') + " folder").resolve(name), name);
    }
    write(top.resolve("empty file"), "");
    Files.createDirectories(top.resolve("empty folder/another"));
    write(top.resolve("deep/".repeat(20) + "bottom"), "bottom");
    return top;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void assertSameNames(Path expected, Path actual) throws IOException {
    FileTree.assertSame(expected, actual);
    assertThat(folders(actual)).isEqualTo(folders(expected));
  }

  private static Set<String> folders(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      return all.filter(Files::isDirectory)
          .map(path -> top.relativize(path).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @SideBySide
  @Test
  void putAndGetAndListTakeOneByOneWhatAMirrorTakes() throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    for (String name : NAMES) {
      Files.writeString(source.resolve(name), name);
    }
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain())) {
      Berth berth = Berth.in(folder);
      Object[] words =
          Stream.of(
                  Stream.of("put"),
                  NAMES.stream().map(name -> source.resolve(name).toString()),
                  Stream.of(server.url("")))
              .flatMap(all -> all)
              .toArray();
      berth.run(words).ended(0);
      FileTree.assertSame(source, server.root());

      Run listed = berth.run("ls", "--json", server.url("")).ended(0);
      assertThat(listed.objects()).extracting("name").hasSameElementsAs(NAMES);
      for (String name : List.of("two words.txt", "-rf", "%41.txt", "[brackets].txt", "#hash")) {
        berth.run("get", server.url(encoded(name))).ended(0);
        assertThat(berth.here().resolve(name)).hasContent(name);
      }
      berth.run("put", "--", "-rf", server.url("again")).ended(0);
      assertThat(server.root().resolve("again")).hasContent("-rf");
    }
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** From before UTF-8: the bytes of the name are ISO 8859-1, and stay so. */
  @SideBySide
  @Test
  void aNameThatIsNoUtf8ComesDownAndIsListed() throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain())) {
      rename(server, "plain.txt", "caf\\351.txt");
      Path down = folder.resolve("down");
      Berth berth = Berth.in(folder);

      Run listed = berth.run("ls", "--json", server.url("")).ended(0);
      berth.run("mirror", server.url(""), down).ended(0);

      assertThat(listed.objects()).extracting("name").containsExactly("café.txt");
      try (Stream<Path> files = Files.list(down)) {
        assertThat(files).singleElement().satisfies(file -> assertThat(file).hasContent("old"));
      }
      berth.run("get", server.url("caf%E9.txt"), folder.resolve("got.txt")).ended(0);
      assertThat(folder.resolve("got.txt")).hasContent("old");
    }
  }

  /** {@code Отчёт.txt} and {@code Новая папка} in windows-1251. */
  @SideBySide
  @Test
  void namesInAnotherCharsetAreReadAsTextAndGoBackInTheSameOctets() throws IOException {
    String report = "\\316\\362\\367\\270\\362.txt";
    String newFolder = "\\315\\356\\342\\340\\377 \\357\\340\\357\\352\\340";
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain())) {
      Files.createDirectories(server.root().resolve("old/folder"));
      Files.writeString(server.root().resolve("old/folder/a.txt"), "a");
      rename(server, "old/folder", "old/" + newFolder);
      rename(server, "plain.txt", "old/" + report);
      Path down = folder.resolve("down");
      Berth berth = Berth.in(folder);

      berth.run("get", server.url("old/Отчёт.txt"), folder.resolve("got.txt")).ended(0);
      berth.run("mirror", server.url("old"), down).ended(0);
      berth.run("mirror", down, server.url("again")).ended(0);
      Run listed = berth.run("ls", "--json", server.url("again")).ended(0);

      assertThat(folder.resolve("got.txt")).hasContent("old");
      assertThat(down.resolve("Отчёт.txt")).hasContent("old");
      assertThat(down.resolve("Новая папка/a.txt")).hasContent("a");
      assertThat(listed.objects()).extracting("name").contains("Отчёт.txt", "Новая папка");
      assertThat(octets(server, "again")).isEqualTo(octets(server, "old"));
      berth.run("mv", server.url("again/Отчёт.txt"), server.url("again/ещё.txt")).ended(0);
      berth.run("stat", server.url("again/ещё.txt")).ended(0);
      berth.run("rm", "-r", server.url("again/ещё.txt"), server.url("again/Новая папка")).ended(0);
      assertThat(octets(server, "again")).isEmpty();

      Path beyond = Files.writeString(folder.resolve("日本語.txt"), "beyond");
      Run unwritable = berth.run("put", beyond, server.url("again/")).ended(3);
      assertThat(unwritable.err()).contains("cannot be written in windows-1251");
      assertThat(octets(server, "again")).isEmpty();
      berth.run("put", "--charset=UTF-8", beyond, server.url("again/")).ended(0);
      assertThat(server.root().resolve("again/日本語.txt")).hasContent("beyond");
    }
  }

  /** The names of a folder as they are on disk, in octal digits. */
  private static String octets(Server server, String folder) throws IOException {
    Process process =
        new ProcessBuilder("sh", "-c", "ls | od -An -v -b | tr -d ' \\n'")
            .directory(server.root().resolve(folder).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  /** The JDK of a test in UTF-8 cannot name such a file: printf(1) and mv(1) can. */
  private static void rename(Server server, String from, String octal) throws IOException {
    if (!Files.exists(server.root().resolve(from))) {
      Files.writeString(server.root().resolve(from), "old");
    }
    server.peer().own();
    Process process =
        new ProcessBuilder("sh", "-c", "mv \"$0\" \"$(printf '" + octal + "')\"", from)
            .directory(server.root().toFile())
            .inheritIO()
            .start();
    assertThat(process.onExit().join().exitValue()).isZero();
  }

  @SideBySide
  @Test
  void aListingForMachinesHasTheKeysThatAreDocumented() throws IOException {
    try (Server server = Server.start(PeerKind.PROFTPD, PeerSettings.plain())) {
      server.peer().fill(FileTree.of(5, new FileTree.Shape(1, 1, 10)).with("file.bin", 1234));

      Run listed = Berth.in(folder).run("ls", "--json", server.url("")).ended(0);

      assertThat(listed.objects())
          .allSatisfy(object ->
              assertThat(object)
                  .containsOnlyKeys(
                      "name",
                      "type",
                      "size",
                      "modified",
                      "permissions",
                      "owner",
                      "group",
                      "target"));
      assertThat(listed.objects())
          .filteredOn("name", "file.bin")
          .singleElement()
          .satisfies(file ->
              assertThat(file)
                  .containsAllEntriesOf(Map.of("type", "file", "modified", "2026-01-02T03:05:05Z"))
                  .hasEntrySatisfying(
                      "size", size -> assertThat(((Number) size).longValue()).isEqualTo(1234)));
      assertThat(listed.objects())
          .filteredOn("name", "folder-00")
          .extracting("type")
          .containsExactly("folder");
    }
  }
}
