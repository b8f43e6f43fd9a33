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
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FTPS as servers of today want it, and whom we believe. */
@ExtendWith(PeersOrSkip.class)
final class EncryptionTest {
  private static final FileTree TREE =
      FileTree.of(3, new FileTree.Shape(3, 8, 10 << 10)).with("large.bin", 3 << 20);

  @TempDir Path folder;

  @SideBySide
  @ParameterizedTest
  @CsvSource({"VSFTPD, V1_3", "VSFTPD, V1_2", "PROFTPD, V1_3", "PROFTPD, V1_2"})
  void mirrorsBothWaysWhereTheDataConnectionMustResumeTheSession(PeerKind kind, NewestTls newest)
      throws IOException {
    PeerSettings settings =
        PeerSettings.plain()
            .perAddress(2)
            .tls(Tls.EXPLICIT_REQUIRED)
            .tlsReuse(TlsReuse.DEMANDED)
            .newestTls(newest);
    try (Server server = filled(kind, settings)) {
      assertMirrorsBothWays(server, "ftp");
    }
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "APACHE"})
  void mirrorsBothWaysThroughTlsFromTheFirstByte(PeerKind kind) throws IOException {
    try (Server server = filled(kind, PeerSettings.plain().perAddress(2).tls(Tls.IMPLICIT))) {
      assertMirrorsBothWays(server, "ftps");
    }
  }

  private void assertMirrorsBothWays(Server server, String scheme) throws IOException {
    Berth berth = Berth.in(folder);
    Path down = folder.resolve("down");
    mirror(berth, server, server.url(scheme, "tree"), down);
    FileTree.assertSame(server.root().resolve("tree"), down);
    mirror(berth, server, down, server.url(scheme, "up"));
    FileTree.assertSame(down, server.root().resolve("up"));
    assertThat(server.tap().commands("PASS")).as("passwords in the clear").isZero();
  }

  private static void mirror(Berth berth, Server server, Object source, Object target) {
    String trust = "--tls-trust=sha256:" + server.peer().certificate().fingerprint();
    berth.run("mirror", "--tls=require", trust, "--parallel", 4, source, target).ended(0);
  }

  private static Server filled(PeerKind kind, PeerSettings settings) throws IOException {
    Server server = Server.start(kind, settings);
    TREE.writeTo(Files.createDirectory(server.root().resolve("tree")));
    server.peer().own();
    return server;
  }

  @SideBySide
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--tls-trust=system",
        "--tls-trust=sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
      })
  void aStrangersCertificateEndsTheRunBeforeThePassword(String trust) throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain().tls(Tls.EXPLICIT))) {
      Run run = Berth.in(folder).run("ls", trust, server.url("")).ended(4);

      assertThat(run.err()).containsIgnoringCase(server.peer().certificate().fingerprint());
      assertThat(server.tap().commands("PASS")).isZero();
      assertThat(server.peer().log()).as("logins").noneMatch(line -> line.contains("LOGIN"));
    }
  }

  @SideBySide
  @Test
  void encryptionThatIsRequiredAndNotOfferedEndsTheRunBeforeThePassword() throws IOException {
    try (Server server = Server.start(PeerKind.VSFTPD, PeerSettings.plain())) {
      Run run = Berth.in(folder).run("ls", "--tls=require", server.url("")).ended(4);

      assertThat(run.err()).contains("TLS");
      assertThat(server.tap().commands("USER")).isZero();
      assertThat(server.tap().commands("PASS")).isZero();
    }
  }
}
