package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A line of the kernel's table, of whatever kernel: a connection, or nothing is known of it. */
class TcpSocketFuzz {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "   1: 0100007F:9C41 0200007F:0015 01 00000000:00000000 00:00000000 00000000  1000 "
                + "       0 4711 1 0000000000000000 20 4 30 10 -1",
            "   0: 0000000000000000FFFF00000100007F:9C41 0000000000000000FFFF00000200007F:0015 04 "
                + "00000000:00000000 00:00000000 00000000 0 0 0",
            "   1: 0100007F:9C4A1 0200007F:0015 01 00000000:0000 000 20 4 30 10 -1",
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid")
        .map(line -> line.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void aLineIsAConnectionOrNone(byte[] bytes) {
    String line = new String(bytes, StandardCharsets.ISO_8859_1);

    TcpSocket.parse(line, ":0015")
        .ifPresent(socket -> {
          assertThat(socket.port()).isBetween(0, 65_535);
          assertThat(socket.uid()).isNotNegative();
          assertThat(socket.inode()).isNotNegative();
          assertThat(socket.remote().getAddress()).hasSizeBetween(4, 16);
        });
  }
}
