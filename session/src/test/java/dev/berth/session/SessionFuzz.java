package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.admission.GuardRules;
import dev.berth.admission.Network;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A session that is fed with whatever there is answers or ends, and is gone when its client is. */
class SessionFuzz {
  private static final AtomicReference<ServerUnderTest> SERVER = new AtomicReference<>();
  private static final String LOGIN = "USER alice\r\nPASS secret\r\n";

  static Stream<byte[]> seeds() {
    return Stream.of(
            LOGIN + "EPSV\r\nRETR a\r\nABOR\r\nQUIT\r\n",
            LOGIN + "PORT 127,0,0,1,4,5\r\nSTOR x\r\n",
            LOGIN + "REST 5\r\nRANG 1 2\r\nHASH a\r\nXCRC \"a\" 0 9\r\nMLST a\r\nSTAT\r\n",
            LOGIN + "MFF Modify=20261123075100; a\r\nMDTM 20261123075100 a\r\nSITE UTIME a\r\n",
            LOGIN + "RNFR a\r\nRNTO b\r\nMKD \"\r\nCWD ..\r\nSTAT -a *\r\nFEAT\r\nHELP\r\n",
            "AUTH TLS\r\n\u0016\u0003\u0001\0\u0005\u0001\0\0\u0001\0",
            "\u00ff\u00f4\u00ff\u00f2ABOR\r\n\u00ff\u00fd\u0006USER\r\n\0\0\0",
            "USER a\nPASS\n\n\r\r\n" + "x".repeat(5000),
            "GET / HTTP/1.1\r\n")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void answersOrEnds(byte[] bytes) throws IOException {
    BugDetectors.allowNetworkConnections(); // That is what it is about.
    ServerUnderTest server = SERVER.updateAndGet(there -> there == null ? started() : there);
    try (LogHeard log = new LogHeard()) {
      try (RawClient client = RawClient.connect(server.address())) {
        client.socket().getOutputStream().write(bytes);
        client.socket().shutdownOutput();
        byte[] said = client.socket().getInputStream().readAllBytes();
        assertThat(new String(said, StandardCharsets.ISO_8859_1)).startsWith("220 ");
      } catch (SocketException e) {
        assertThat(bytes.length).isPositive(); // Hung up on, with something unread.
      }
      server.awaitNobody();
      assertThat(log.lines()).noneMatch(line -> line.startsWith("event=session-failed"));
      assertThat(log.events("fault")).isEmpty();
    }
  }

  private static ServerUnderTest started() {
    try {
      // Nothing is to be waited for but what is under test.
      GuardRules usual = GuardRules.standard();
      GuardRules hasty =
          new GuardRules(
              usual.prefixes(),
              List.of(Network.parse("127.0.0.0/8")),
              usual.window(),
              usual.firstDelay(),
              usual.longestDelay(),
              usual.failures(),
              usual.ban(),
              usual.mostPrefixes());
      ServerUnderTest server = ServerUnderTest.setup().guard(hasty).start();
      server.backend.files.put("/a", new byte[10]);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
