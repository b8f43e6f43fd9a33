package dev.berth.interop;

import static dev.berth.testkit.PeerSettings.NewestTls;
import static dev.berth.testkit.PeerSettings.Tls;
import static dev.berth.testkit.PeerSettings.TlsReuse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.FileTree;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real servers that connect to us, and what else is said to them before a file moves. */
@ExtendWith(PeersOrSkip.class)
final class ActiveTest {
  private static final FileTree TREE =
      FileTree.of(5, new FileTree.Shape(4, 20, 10 << 10)).with("large.bin", 8 << 20);

  @TempDir Path folder;

  /**
   * Not pyftpdlib 1.5.7: with two or more active transfers at once it stops answering some sessions
   * for good, whoever its clients are (docs/rfc-coverage.md).
   */
  @SideBySide
  @ParameterizedTest
  @EnumSource(names = "PYFTPDLIB", mode = EnumSource.Mode.EXCLUDE)
  void mirrorsBothWaysInActiveMode(PeerKind kind) throws IOException {
    try (Server server = filled(kind, PeerSettings.plain().perAddress(2))) {
      assertMirrorsBothWays(server, "--data=active");

      assertThat(server.tap().commands("EPRT")).isGreaterThanOrEqualTo(2 * 81);
      assertThat(passiveCommands(server)).isZero();
      assertThat(server.tap().refused()).isLessThanOrEqualTo(3);
    }
  }

  @SideBySide
  @ParameterizedTest
  @CsvSource({
    "VSFTPD, DEMANDED, V1_3",
    "VSFTPD, DEMANDED, V1_2",
    "PROFTPD, DEMANDED, V1_3",
    "PROFTPD, DEMANDED, V1_2",
    "PURE_FTPD, FREE, V1_3"
  })
  void mirrorsBothWaysInActiveModeAndTls(PeerKind kind, TlsReuse reuse, NewestTls newest)
      throws IOException {
    PeerSettings settings =
        PeerSettings.plain()
            .perAddress(2)
            .tls(Tls.EXPLICIT_REQUIRED)
            .tlsReuse(reuse)
            .newestTls(newest);
    try (Server server = filled(kind, settings)) {
      String trust = "--tls-trust=sha256:" + server.peer().certificate().fingerprint();

      String told =
          assertMirrorsBothWays(server, "--data=active", "--tls=require", trust, "--verbose");

      assertThat(told.lines().filter(line -> line.contains("sent=E") || line.contains("sent=PASV")))
          .hasSizeGreaterThanOrEqualTo(2 * 81)
          .allMatch(line -> line.contains("sent=EPRT |1|127.0.0.1|"));
      assertThat(server.tap().commands("PASS")).as("passwords in the clear").isZero();
    }
  }

  @SideBySide
  @Test
  void goesActiveByItselfWhereTheServerHasNoPassiveMode() throws IOException {
    PeerSettings settings = PeerSettings.plain().perAddress(2).line("pasv_enable=NO");
    try (Server server = filled(PeerKind.VSFTPD, settings)) {
      assertMirrorsBothWays(server, "--data=auto");

      assertThat(passiveCommands(server)).as("tried no more than needed").isBetween(2, 8);
    }
  }

  @SideBySide
  @Test
  void saysWhyNothingMovesWhereTheServerHasNoActiveMode() throws IOException {
    PeerSettings settings = PeerSettings.plain().line("port_enable=NO");
    try (Server server = filled(PeerKind.VSFTPD, settings)) {
      Run run = Berth.in(folder).run("ls", "--data=active", server.url("tree"));

      assertThat(run.exit()).isNotZero();
      assertThat(run.err()).contains("PORT", "550 Permission denied");
      assertThat(passiveCommands(server)).isZero();
    }
  }

  @SideBySide
  @Test
  void listensOnGivenPortsOnly() throws IOException {
    try (Server server = filled(PeerKind.PROFTPD, PeerSettings.plain())) {
      Path down = folder.resolve("down");

      Berth.in(folder)
          .run("mirror", "--data=active", "--active-ports=28100-28399", server.url("tree"), down)
          .ended(0);

      FileTree.assertSame(server.root().resolve("tree"), down);
      assertThat(
              server.tap().connections().stream()
                  .flatMap(it -> it.commands().stream())
                  .filter(it -> it.startsWith("EPRT")))
          .isNotEmpty()
          .allMatch(it -> it.matches("EPRT \\|1\\|127\\.0\\.0\\.1\\|28[123][0-9]{2}\\|"));
    }
  }

  /** ProFTPD reads the octet as Telnet has it, the others know nothing of Telnet. */
  @SideBySide
  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD", "PURE_FTPD"})
  void octet255InANameIsOneOnEveryServer(PeerKind kind) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "content");
    Path back = folder.resolve("back");
    try (Server server = Server.start(kind, PeerSettings.plain())) {
      Berth berth = Berth.in(folder);

      // In the second name 255 is followed by what Telnet would take for a command.
      for (String name : new String[] {"a%FFb", "%FF%F1%FF%FFc"}) {
        berth.run("put", file, server.url(name)).ended(0);
        berth.run("get", server.url(name), back).ended(0);
        assertThat(back).hasContent("content");
        Files.delete(back);
      }

      assertThat(names(server.root())).isEqualTo("a\u00ffb\n\u00ff\u00f1\u00ff\u00ffc\n");
    }
  }

  /** The names as bytes, a character each, which the JDK would not give. */
  private static String names(Path top) throws IOException, InterruptedException {
    Process list =
        new ProcessBuilder("sh", "-c", "LC_ALL=C; export LC_ALL; ls -1 \"$0\"", top.toString())
            .start();
    String names = new String(list.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(list.waitFor()).isZero();
    return names;
  }

  @SideBySide
  @ParameterizedTest
  @CsvSource({"PROFTPD, 504", "VSFTPD, 530"})
  void noPasswordGoesToAServerThatDoesNotKnowTheVirtualHost(PeerKind kind, String code)
      throws IOException {
    try (Server server = Server.start(kind, PeerSettings.plain())) {
      Path settings = Files.createDirectories(folder.resolve("berth/home/.config/berth"));
      Files.writeString(
          settings.resolve("berth.toml"),
          """
          [server."127.0.0.1"]
          virtual-host = "ftp.example.com"
          """);

      Run run = Berth.in(folder).run("ls", server.url("")).ended(4);

      assertThat(run.err()).contains("virtual host ftp.example.com", code);
      assertThat(server.tap().commands("HOST")).isEqualTo(1);
      assertThat(server.tap().commands("PASS")).isZero();
    }
  }

  private String assertMirrorsBothWays(Server server, String... options) throws IOException {
    Berth berth = Berth.in(folder);
    Path down = folder.resolve("down");
    String told = mirror(berth, options, server.url("tree"), down);
    FileTree.assertSame(server.root().resolve("tree"), down);
    told += mirror(berth, options, down, server.url("up"));
    FileTree.assertSame(down, server.root().resolve("up"));
    return told;
  }

  private static String mirror(Berth berth, String[] options, Object source, Object target) {
    Object[] words = new Object[options.length + 5];
    words[0] = "mirror";
    words[1] = "--parallel";
    words[2] = 4;
    System.arraycopy(options, 0, words, 3, options.length);
    words[options.length + 3] = source;
    words[options.length + 4] = target;
    return berth.run(words).ended(0).err();
  }

  private static int passiveCommands(Server server) {
    return server.tap().commands("EPSV") + server.tap().commands("PASV");
  }

  private static Server filled(PeerKind kind, PeerSettings settings) throws IOException {
    Server server = Server.start(kind, settings);
    TREE.writeTo(Files.createDirectory(server.root().resolve("tree")));
    server.peer().own();
    return server;
  }
}
