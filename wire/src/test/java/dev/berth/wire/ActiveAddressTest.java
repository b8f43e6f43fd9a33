package dev.berth.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.wire.ActiveAddress.Given;
import dev.berth.wire.ActiveAddress.Malformed;
import dev.berth.wire.ActiveAddress.OtherFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where clients say that they wait, and what is no address. */
final class ActiveAddressTest {
  private static Given given(String address, int port) throws Exception {
    return new Given(new InetSocketAddress(InetAddress.getByName(address), port));
  }

  @Test
  void portNamesAddressAndPort() throws Exception {
    assertThat(ActiveAddress.ofPort("192,0,2,7,156,65")).isEqualTo(given("192.0.2.7", 40_001));
    assertThat(ActiveAddress.ofPort(" 10,0,0,1,004,1 ")).isEqualTo(given("10.0.0.1", 1025));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1,2,3,4,5",
        "1,2,3,4,5,6,7",
        "1,2,3,4,5,256",
        "1,2,3,4,0,0",
        "1,2,3,4,5,-1",
        "1,2,3,4,5,+1",
        "1,2,3,4,,5,6",
        "1,2,3,4,5,6,",
        "1, 2,3,4,5,6",
        "1.2.3.4,5,6",
        "1,2,3,4,5,0006",
        "1,2,3,4,5,\u0661"
      })
  void whatIsNoAddressOfPort(String argument) {
    assertThat(ActiveAddress.ofPort(argument)).isEqualTo(new Malformed());
  }

  @Test
  void eprtNamesTheFamilyToo() throws Exception {
    assertThat(ActiveAddress.ofEprt("|1|132.235.1.2|6275|")).isEqualTo(given("132.235.1.2", 6275));
    assertThat(ActiveAddress.ofEprt("|2|1080::8:800:200C:417A|5282|"))
        .isEqualTo(given("1080::8:800:200c:417a", 5282));
    assertThat(ActiveAddress.ofEprt("!2!::1!65535!")).isEqualTo(given("::1", 65_535));
    assertThat(ActiveAddress.ofEprt("|3|whatever|21|")).isEqualTo(new OtherFamily());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "|",
        "|1|132.235.1.2|6275",
        "1|132.235.1.2|6275|",
        "|1|132.235.1.2|6275||",
        "|1|132.235.1|6275|",
        "|1|::1|6275|",
        "|1|localhost|6275|",
        "|2|132.235.1.2|6275|",
        "|2|fe80::1%lo|6275|",
        "|2|::1::2|6275|",
        "|2|:|6275|",
        "|2|::1|0|",
        "|2|::1|65536|",
        "|2|::1||",
        "||::1|2000|",
        "|x|::1|2000|",
        "|-1|::1|2000|",
        " 1 ::1 2000 ",
        "111::11200010"
      })
  void whatIsNoAddressOfEprt(String argument) {
    assertThat(ActiveAddress.ofEprt(argument)).isEqualTo(new Malformed());
  }

  @Test
  void whatWeSendAsAClientIsRead() throws Exception {
    var six = new InetSocketAddress(InetAddress.getByName("2001:db8::7"), 2000);
    var four = new InetSocketAddress(InetAddress.getByName("192.0.2.7"), 2001);
    assertThat(ActiveAddress.ofEprt(ActiveCommand.extended(six).argument().orElseThrow()))
        .isEqualTo(new Given(six));
    assertThat(ActiveAddress.ofEprt(ActiveCommand.extended(four).argument().orElseThrow()))
        .isEqualTo(new Given(four));
    assertThat(ActiveAddress.ofPort(ActiveCommand.port(four).argument().orElseThrow()))
        .isEqualTo(new Given(four));
  }

  @Test
  void epsvMayNameTheFamilyOrAll() {
    assertThat(PassiveRequest.of(Command.of("EPSV"))).isEqualTo(PassiveRequest.ANY_FAMILY);
    assertThat(PassiveRequest.of(Command.of("EPSV", " "))).isEqualTo(PassiveRequest.ANY_FAMILY);
    assertThat(PassiveRequest.of(Command.of("EPSV", "1"))).isEqualTo(PassiveRequest.IPV4);
    assertThat(PassiveRequest.of(Command.of("EPSV", "2"))).isEqualTo(PassiveRequest.IPV6);
    assertThat(PassiveRequest.of(Command.of("EPSV", "all"))).isEqualTo(PassiveRequest.ALL);
    assertThat(PassiveRequest.of(Command.of("EPSV", "3"))).isEqualTo(PassiveRequest.OTHER_FAMILY);
    assertThat(PassiveRequest.of(Command.of("EPSV", "IPv4"))).isEqualTo(PassiveRequest.MALFORMED);
  }
}
