package dev.berth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.session.ListenerSettings.TlsUse;
import dev.berth.testkit.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PBSZ before PROT (RFC 4217 sections 8 and 9) on every listener alike; REIN ends TLS (section 13).
 */
@Timeout(60)
final class ProtectionTest {
  private static RawClient inTls(ServerUnderTest server, TlsUse use) throws IOException {
    RawClient client = RawClient.connect(server.address());
    if (use == TlsUse.IMPLICIT) {
      client.startTls().expect("220");
    } else {
      client.expect("220");
      client.say("AUTH TLS\r\n").expect("234");
      client.startTls("TLSv1.3");
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

      if (use != TlsUse.IMPLICIT) {
        client.endTls().say("AUTH TLS\r\n").expect("234");
        client.startTls("TLSv1.3");
      }
      client.logIn("alice", "secret");
      assertThat(client.ask("PROT P")).startsWith("503 PBSZ");
      assertThat(client.ask("PBSZ 0")).startsWith("200 PBSZ=0");
      assertThat(client.ask("PROT P")).startsWith("200 ");
    }
  }

  /** RFC 4217 section 13. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void reinGoesBackToPlainText(String version) throws IOException {
    try (ServerUnderTest server = ServerUnderTest.setup().tls(TlsUse.OFFERED).start();
        RawClient client = RawClient.connect(server.address())) {
      server.backend.files.put("/a.txt", new byte[] {'a'});
      client.expect("220");
      for (int i = 0; i < 3; i++) {
        client.say("AUTH TLS\r\n").expect("234");
        client.startTls(version).logIn("alice", "secret");
        client.say("PBSZ 0\r\n").expect("200");
        client.say("PROT P\r\n").expect("200");
        assertThat(client.ask("STAT")).contains("TLS: " + version + ", data in TLS");

        client.say("REIN\r\n").expect("220");
        client.endTls();

        assertThat(client.ask("PWD")).startsWith("530 ");
        assertThat(client.ask("PBSZ 0")).startsWith("503 ");
        client.logIn("alice", "secret");
        assertThat(client.ask("STAT")).contains("TLS: none, data in plain text");
        assertThat(client.receive("RETR a.txt")).isNotEmpty();
        client.say("REIN\r\n").expect("220");
      }
    }
  }

  @Test
  void whereTlsIsRequiredItIsSoAgainBehindRein() throws IOException {
    try (ServerUnderTest server = ServerUnderTest.setup().tls(TlsUse.REQUIRED).start();
        RawClient client = inTls(server, TlsUse.REQUIRED)) {
      client.say("REIN\r\n").expect("220");
      client.endTls().say("USER alice\r\n").expect("530");
    }
  }

  /** More than the reader takes at once: it comes in one packet with the close_notify. */
  @Test
  void whatIsSaidBehindTheEndOfTlsIsPlainText() throws IOException {
    try (ServerUnderTest server = ServerUnderTest.setup().tls(TlsUse.OFFERED).start();
        RawClient client = inTls(server, TlsUse.OFFERED)) {
      client.say("REIN\r\n").expect("220");
      client.socket().shutdownOutput();
      String plain = "NOOP\r\n".repeat(200) + "USER alice\r\nPASS secret\r\n";
      client.sayPlain(plain);
      client.endTls();
      for (int i = 0; i < 200; i++) {
        client.expect("200");
      }
      client.expect("331");
      client.expect("230");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"REIN\r\nNOOP\r\n", "REIN\r\nUSER alice\r\nPASS secret\r\n"})
  void whatIsSaidInTlsBehindReinEndsTheSession(String said) throws IOException {
    try (ServerUnderTest server = ServerUnderTest.setup().tls(TlsUse.OFFERED).start();
        RawClient client = inTls(server, TlsUse.OFFERED)) {
      client.say(said).expect("421");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void whoGoesOnInTlsBehindReinIsCutOff() throws IOException {
    try (ServerUnderTest server = ServerUnderTest.setup().tls(TlsUse.OFFERED).start()) {
      try (RawClient client = inTls(server, TlsUse.OFFERED)) {
        client.say("REIN\r\n").expect("220");
        client.say("USER alice\r\n");
        assertThat(client.isEnded()).isTrue();
      }
      server.awaitNobody();
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
