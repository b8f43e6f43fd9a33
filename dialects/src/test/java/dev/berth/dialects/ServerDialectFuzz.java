package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.wire.Octets;
import dev.berth.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What servers tell of themselves: habits that one can live with, whatever they say. */
class ServerDialectFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "(vsFTPd 3.0.3)",
            "ProFTPD Server (Debian)",
            "Welcome to Pure-FTPd\nYou are user number 1 of 10 allowed.\n"
                + "You will be disconnected after 15 minutes of inactivity.",
            "SFTPGo_2.6.2",
            "Features:\nAUTH TLS\nEPRT\nEPSV\nMDTM\nPASV\nREST STREAM\nSIZE\nTVFS\nEnd",
            "ESTA\nx\nESTP\n\nEnd FEAT.",
            "MFF modify;UNIX.group;UNIX.mode;")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void habitsAreUsable(byte[] bytes) {
    List<String> lines = Octets.toText(bytes).lines().toList();
    if (lines.isEmpty()) {
      return;
    }
    ServerDialect dialect =
        ServerDialect.of(new Reply(220, lines))
            .withSystem(new Reply(215, lines))
            .withFeatures(new Reply(211, lines));

    assertThat(dialect.habits().idleTimeout()).isPositive();
    assertThat(dialect.habits().settle()).isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(dialect.clue()).isNotEmpty();
    assertThat(ServerDialect.of(new Reply(421, lines)).software())
        .isEqualTo(ServerSoftware.UNKNOWN);
  }
}
