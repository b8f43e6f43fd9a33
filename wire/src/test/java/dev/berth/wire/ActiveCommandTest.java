package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

final class ActiveCommandTest {
  private static InetSocketAddress at(String address, int port) throws Exception {
    return new InetSocketAddress(InetAddress.getByName(address), port);
  }

  @Test
  void addressesOfBothFamiliesAsTheRfcHasThem() throws Exception {
    assertThat(ActiveCommand.extended(at("132.235.1.2", 6275)).line())
        .isEqualTo("EPRT |1|132.235.1.2|6275|");
    assertThat(ActiveCommand.extended(at("1080::8:800:200c:417a", 5282)).line())
        .isEqualTo("EPRT |2|1080:0:0:0:8:800:200c:417a|5282|");
  }

  @Test
  void theScopeOfALinkLocalAddressStaysHere() throws Exception {
    byte[] address = InetAddress.getByName("fe80::1").getAddress();
    InetAddress scoped = Inet6Address.getByAddress(null, address, 3);
    assertThat(ActiveCommand.extended(new InetSocketAddress(scoped, 2000)).line())
        .isEqualTo("EPRT |2|fe80:0:0:0:0:0:0:1|2000|");
  }

  @Test
  void portSplitsTheNumberInTwo() throws Exception {
    assertThat(ActiveCommand.port(at("192.0.2.7", 40_001)).line())
        .isEqualTo("PORT 192,0,2,7,156,65");
  }

  @Test
  void portTakesNoOtherFamily() {
    assertThatThrownBy(() -> ActiveCommand.port(at("::1", 2000)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
