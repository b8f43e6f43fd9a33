package dev.berth.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of addresses, as they are written. */
class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.0/24",
    "192.0.2.7, 192.0.2.7",
    "192.0.2.7/32, 192.0.2.7",
    "0.0.0.0/0, 0.0.0.0/0",
    "2001:DB8:0:0::/32, 2001:db8::/32",
    "::, ::",
    "::/0, ::/0",
    "::1, ::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "1:0:0:2::, 1:0:0:2::",
    "::ffff:192.0.2.7, 192.0.2.7",
    "::ffff:192.0.2.0/120, 192.0.2.0/24",
    "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
  })
  void aNetworkHasOneSpelling(String written, String kept) {
    Network network = Network.parse(written);

    assertThat(network).hasToString(kept).isEqualTo(Network.parse(kept));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "192.0.2.0/",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/+8",
        "192.0.2.0/08",
        "192.0.2/24",
        "192.0.2.0.0/24",
        "192.0.2.256",
        "192.0.02.1",
        "1",
        "3232235777",
        "::/129",
        "::ffff:192.0.2.0/95",
        "fe80::1%eth0",
        "[::1]",
        ":::",
        "1:2:3:4:5:6:7:8:9",
        "localhost",
        "ftp.example.com/24",
        "192.0.2.1 ",
        "192.0.2.1\n",
      })
  void anythingElseIsSaidToBeWrong(String written) {
    assertThatThrownBy(() -> Network.parse(written))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank()
        .doesNotContain("\n");
  }

  @Test
  void bitsBehindTheLengthAreNotDroppedButSaid() {
    assertThatThrownBy(() -> Network.parse("192.0.2.7/24"))
        .hasMessage("192.0.2.7/24 has bits behind its length: write 192.0.2.0/24");
  }

  @Test
  void anIpv4AddressInIpv6IsIpv4AlsoWhereTheJdkKeepsItApart() throws Exception {
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 7};
    InetAddress kept = Inet6Address.getByAddress("mapped", mapped, 0);
    assertThat(kept).isInstanceOf(Inet6Address.class);

    assertThat(Network.of(kept)).isEqualTo(Network.parse("192.0.2.7"));
    assertThat(Network.parse("192.0.2.0/24").contains(kept)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.0/23, 192.0.3.255, true",
    "192.0.2.0/24, ::ffff:192.0.2.1, true",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 192.0.2.1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
  })
  void itHoldsWhatBeginsWithItsBits(String network, String address, boolean inside)
      throws Exception {
    assertThat(Network.parse(network).contains(InetAddress.getByName(address))).isEqualTo(inside);
  }
}
