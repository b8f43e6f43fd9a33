package dev.berth.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of the kernel's tables. The addresses read the same in both byte orders. */
class TcpSocketTest {
  private static final String END = " 00000000:00000000 00:00000000 00000000  1000        0 4711";

  @Test
  void aLineIsReadAndAnIpv4AddressIsOneInBothTables() throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.127");
    TcpSocket expected = new TcpSocket(loopback, 40_001, loopback, 1000, 4711);

    assertThat(TcpSocket.parse("   1: 7F00007F:9C41 7F00007F:0015 01" + END, ":0015"))
        .contains(expected);
    String mapped = "0000000000000000FFFF00007F00007F".replace("FFFF0000", mark());
    assertThat(TcpSocket.parse("   1: " + mapped + ":9C41 " + mapped + ":0015 02" + END, ":0015"))
        .contains(expected);
  }

  private static String mark() {
    boolean isLittle = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    return isLittle ? "FFFF0000" : "0000FFFF";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "   1: 7F00007F:9C41 7F00007F:0016 01" + END, // another port
        "   1: 7F00007F:9C41 7F00007F:0015 08" + END, // the server has ended
        "   1: 7F00007F:9C41 7F00007F:0015 01 0:0 0:0 0  1000        0 -15",
        "   1: 7F00007F:9C41 7F00007F:0015 01 0:0 0:0 0  -1        0 15",
        "   1: 7F00007F:9C4A1 7F00007F:0015 01" + END, // beyond any port
        "   1: 7F00:9C41 7F00007F:0015 01" + END,
        "   1: 7F00007F 7F00007F:0015 01" + END,
        "   1: 7F00007F:9C41 7F00007F:0015 01",
        ""
      })
  void aLineThatIsNoneOrNotCountedGivesNothing(String line) {
    assertThat(TcpSocket.parse(line, ":0015")).isEmpty();
  }
}
