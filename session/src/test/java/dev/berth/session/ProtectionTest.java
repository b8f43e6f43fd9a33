package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.session.ListenerSettings.TlsUse;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PBSZ before PROT (RFC 4217 sections 8 and 9), on every listener alike. */
final class ProtectionTest {
  private static RawClient inTls(ServerUnderTest server, TlsUse use) throws IOException {
    RawClient client = RawClient.connect(server.address());
    if (use == TlsUse.IMPLICIT) {
      client.startTls().expect("220");
    } else {
      client.expect("220");
      client.say("AUTH TLS\r\n").expect("234");
      client.startTls();
    }
    return client.logIn("alice", "secret");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OFF")
  void protNeedsPbszSinceTlsBeganOrRein(TlsUse use) throws IOException {
    try (ServerUnderTest server = ServerUnderTest.setup().tls(use).start();
        RawClient client = inTls(server, use)) {
      assertThat(client.ask("PROT P")).startsWith("503 PBSZ");
      assertThat(client.ask("PBSZ 0")).startsWith("200 PBSZ=0");
      assertThat(client.ask("PROT P")).startsWith("200 ");

      assertThat(client.ask("REIN")).startsWith("220 ");

      client.logIn("alice", "secret");
      assertThat(client.ask("PROT P")).startsWith("503 PBSZ");
      assertThat(client.ask("PBSZ 0")).startsWith("200 PBSZ=0");
      assertThat(client.ask("PROT P")).startsWith("200 ");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OFF")
  void bufferSizeIsANumberAndBecomesNone(TlsUse use) throws IOException {
    try (ServerUnderTest server = ServerUnderTest.setup().tls(use).start();
        RawClient client = inTls(server, use)) {
      assertThat(client.ask("PBSZ none")).startsWith("501 ");
      assertThat(client.ask("PBSZ 4294967296")).startsWith("501 ");
      assertThat(client.ask("PROT P")).startsWith("503 PBSZ");
      assertThat(client.ask("PBSZ 4294967295")).startsWith("200 PBSZ=0");
    }
  }
}
