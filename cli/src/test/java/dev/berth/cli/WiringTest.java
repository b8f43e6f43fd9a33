package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.client.DataSettings;
import dev.berth.client.Login;
import dev.berth.client.LoginAccount;
import dev.berth.client.NameCharset;
import dev.berth.client.TlsUse;
import dev.berth.client.VirtualHost;
import dev.berth.transport.Source;
import dev.berth.transport.Trust;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WiringTest {
  /** All programs that mean one server share its budget, however they write its address. */
  @ParameterizedTest
  @CsvSource({
    "::1, 0:0:0:0:0:0:0:1",
    "2001:DB8:0::1, 2001:db8:0:0:0:0:0:1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "192.0.2.1, 192.0.2.1",
    "Ftp.Example.Com, ftp.example.com",
    "fe80::1%eth0, fe80::1%eth0",
    "not:an:address, not:an:address",
  })
  void anAddressHasOneBudget(String written, String name) {
    assertThat(Wiring.budget(server(written, TlsUse.OFF)).host()).isEqualTo(name);
  }

  /** A probe asks in TLS 1.2 only whom it has met in TLS. */
  @Test
  void noPasswordGoesInTheClearWhereTlsWasThere() {
    assertThat(Wiring.connectInTls12(server("h", TlsUse.AUTO)).tlsUse()).isEqualTo(TlsUse.REQUIRED);
    assertThat(Wiring.connectInTls12(server("h", TlsUse.IMPLICIT)).tlsUse())
        .isEqualTo(TlsUse.IMPLICIT);
  }

  private static Server server(String host, TlsUse use) {
    return new Server(
        host,
        21,
        host,
        use,
        Trust.any(),
        Login.anonymous(),
        Source.any(),
        new LimitChoice.ToLearn(),
        Duration.ofSeconds(1),
        DataSettings.standard(),
        new LoginAccount.None(),
        new VirtualHost.Unnamed(),
        new NameCharset.Seen(),
        new ServerZone.ToFindOut());
  }
}
