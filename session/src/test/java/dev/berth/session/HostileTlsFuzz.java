package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.session.HostileTls.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Records of TLS on a control connection: the first byte tells when the rest comes. */
class HostileTlsFuzz {
  private static final AtomicReference<ServerUnderTest> SERVER = new AtomicReference<>();

  static Stream<byte[]> seeds() throws IOException {
    byte[] hello = HostileTls.clientHello();
    return Stream.of(
            hello,
            HostileTls.inPieces(hello),
            HostileTls.record(21, 2, 1, 0),
            HostileTls.record(23, 0xffff, 1, 2, 3),
            HostileTls.record(20, 1, 1))
        .flatMap(bytes -> Arrays.stream(Stage.values()).map(stage -> staged(stage, bytes)));
  }

  private static byte[] staged(Stage stage, byte[] bytes) {
    byte[] all = new byte[bytes.length + 1];
    all[0] = (byte) stage.ordinal();
    System.arraycopy(bytes, 0, all, 1, bytes.length);
    return all;
  }

  @MethodSource("seeds")
  @FuzzTest
  void oneConnectionEndsAndNothingElse(byte[] bytes) throws IOException {
    BugDetectors.allowNetworkConnections(); // That is what it is about.
    if (bytes.length == 0) {
      return;
    }
    ServerUnderTest server = SERVER.updateAndGet(there -> there == null ? started() : there);
    Stage stage = Stage.values()[Math.floorMod(bytes[0], Stage.values().length)];
    try (LogHeard log = new LogHeard()) {
      HostileTls.play(server, stage, Arrays.copyOfRange(bytes, 1, bytes.length));
      server.awaitNobody();
      assertThat(log.errors()).isEmpty();
    }
  }

  private static ServerUnderTest started() {
    try {
      return ServerUnderTest.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
