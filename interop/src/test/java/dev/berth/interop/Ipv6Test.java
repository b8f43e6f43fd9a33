package dev.berth.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.testkit.FileTree;
import dev.berth.testkit.Peer;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.Peers;
import dev.berth.testkit.PeersOrSkip;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Control and data connections over ::1, to servers that listen there too. */
@ExtendWith(PeersOrSkip.class)
final class Ipv6Test {
  @TempDir Path folder;

  @BeforeAll
  static void hasIpv6() throws IOException {
    assumeTrue(
        NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null,
        "no ::1 on this host");
  }

  @SideBySide
  @ParameterizedTest
  @EnumSource(names = {"VSFTPD", "PROFTPD"})
  void filesGoAndComeInEveryWay(PeerKind kind) throws IOException {
    PeerSettings settings = PeerSettings.plain().tls(PeerSettings.Tls.EXPLICIT).perAddress(2);
    for (String line : listeningOnBoth(kind)) {
      settings = settings.line(line);
    }
    try (Peer peer = Peers.start(kind, settings)) {
      Path source = Files.createDirectory(folder.resolve("source"));
      FileTree.of(6, new FileTree.Shape(3, 1, 20_000)).writeTo(source);
      Berth berth = Berth.in(folder);
      String url = "ftp://%s@[::1]:%d/".formatted(Server.USER, peer.address().getPort());

      for (String way : List.of("passive", "active")) {
        Path down = folder.resolve(way);
        Object[] options = {"--verbose", "--data=" + way, "--tls=require", "--tls-trust=any"};
        Run up = run(berth, options, "mirror", source, url + way);
        Run back = run(berth, options, "mirror", url + way, down);

        FileTree.assertSame(source, down);
        assertThat(up.err() + back.err())
            .contains(way.equals("passive") ? "sent=EPSV" : "sent=EPRT |2|")
            .doesNotContain("sent=PASV", "sent=PORT");
      }
    }
  }

  private static Run run(Berth berth, Object[] options, Object... words) {
    return berth.run(Stream.of(words, options).flatMap(Stream::of).toArray()).ended(0);
  }

  /** The server's own words; its launcher has it listen on 127.0.0.1 alone. */
  private static List<String> listeningOnBoth(PeerKind kind) {
    return switch (kind) {
      case VSFTPD -> List.of("listen=NO", "listen_ipv6=YES");
      case PROFTPD -> List.of("UseIPv6 on", "DefaultAddress 127.0.0.1 ::1");
      case PURE_FTPD, PYFTPDLIB, APACHE -> throw new IllegalArgumentException(kind.toString());
    };
  }
}
