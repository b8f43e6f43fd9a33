package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys as OpenSSL writes them, and those that we make. */
class IdentityTest extends ServedTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  private String run(String... command) throws Exception {
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private String file(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private void certificate(String key) throws Exception {
    run(
        ("openssl req -x509 -key "
                + key
                + " -out cert.pem -days 9 -subj /CN=test"
                + " -addext subjectAltName=DNS:localhost")
            .split(" "));
  }

  private void makeKey(String kind) throws Exception {
    if (kind.equals("rsa")) {
      run("openssl", "genpkey", "-algorithm", "RSA", "-out", "key.pem");
    } else {
      run(
          "openssl",
          "genpkey",
          "-algorithm",
          "EC",
          "-pkeyopt",
          "ec_paramgen_curve:P-384",
          "-out",
          "key.pem");
    }
    certificate("key.pem");
  }

  /** A client that believes in one certificate, from the handshake to a reply. */
  private void serve(Identity identity, Trust trust, String host) throws Exception {
    try (var client = connect();
        var control = accept()) {
      var serving = new CompletableFuture<Void>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              control.startTls(TlsServer.of(identity), ByteBuffer.allocate(0), soon());
              control.write(bytes("220 hello\r\n"), soon());
              serving.complete(null);
            } catch (Throwable t) {
              serving.completeExceptionally(t);
            }
          });
      client.startTls(Tls.of(trust, host), soon());
      assertThat(client.readReply(soon()).code()).isEqualTo(220);
      serving.get();
    }
  }

  private static Trust authority(X509Certificate certificate) throws Exception {
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    roots.setCertificateEntry("server", certificate);
    return Trust.authorities(roots);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec"})
  void keyOfPkcs8(String kind) throws Exception {
    makeKey(kind);
    assertThat(file("key.pem")).contains("BEGIN PRIVATE KEY");

    var identity = Identity.ofPem(file("cert.pem"), file("key.pem"));
    serve(identity, authority(identity.chain().get(0)), "localhost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec"})
  void keyOfTheFormsOfOld(String kind) throws Exception {
    makeKey(kind);
    run("openssl", "pkey", "-in", "key.pem", "-traditional", "-out", "old.pem");
    assertThat(file("old.pem")).contains("BEGIN " + kind.toUpperCase(java.util.Locale.ROOT));

    var identity = Identity.ofPem(file("cert.pem"), file("old.pem"));
    serve(identity, Trust.pinned(identity.fingerprint()), "localhost");
  }

  @Test
  void keyWithTheParametersOfItsCurveBeforeIt() throws Exception {
    run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-out", "key.pem");
    certificate("key.pem");
    assertThat(file("key.pem")).contains("EC PARAMETERS");
    assertThat(Identity.ofPem(file("cert.pem"), file("key.pem")).chain()).hasSize(1);
  }

  @Test
  void keyAndChainMayStandInOneText() throws Exception {
    makeKey("ec");
    String cert = file("cert.pem");
    String all = "some words\n" + file("key.pem") + cert + "and others - so\r\n" + cert;
    assertThat(Identity.ofPem(all, all).chain()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec"})
  void encryptedKeysAreRefusedAndTheWayOutIsSaid(String kind) throws Exception {
    makeKey(kind);
    run("openssl", "pkey", "-in", "key.pem", "-aes128", "-passout", "pass:secret", "-out", "8.pem");
    run(
        ("openssl pkey -in key.pem -traditional -aes128 -passout pass:secret -out old.pem")
            .split(" "));
    for (String name : List.of("8.pem", "old.pem")) {
      assertThatThrownBy(() -> Identity.ofPem(file("cert.pem"), file(name)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("encrypted")
          .hasMessageContaining("openssl pkey");
    }
  }

  @Test
  void keyOfAnotherCertificateIsRefused() throws Exception {
    makeKey("ec");
    String cert = file("cert.pem");
    makeKey("ec");
    String sameKind = file("key.pem");
    makeKey("rsa");
    for (String other : List.of(sameKind, file("key.pem"))) {
      assertThatThrownBy(() -> Identity.ofPem(cert, other))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("certificate");
    }
  }

  @Test
  void whatIsNoPemIsRefused() throws Exception {
    makeKey("ec");
    String cert = file("cert.pem");
    assertThatThrownBy(() -> Identity.ofPem("", file("key.pem")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no certificate");
    assertThatThrownBy(() -> Identity.ofPem(cert, cert))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no private key");
    for (String broken : List.of("AAAA", "A", "")) {
      String key = "-----BEGIN PRIVATE KEY-----\n" + broken + "\n-----END PRIVATE KEY-----\n";
      assertThatThrownBy(() -> Identity.ofPem(cert, key)).isInstanceOf(IOException.class);
      String bad = "-----BEGIN CERTIFICATE-----\n" + broken + "\n-----END CERTIFICATE-----\n";
      assertThatThrownBy(() -> Identity.ofPem(bad, key)).isInstanceOf(IOException.class);
    }
  }

  private static byte[] pkcs12(Identity... identities) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Identity identity : identities) {
      var chain = identity.chain().toArray(Certificate[]::new);
      store.setKeyEntry(identity.fingerprint(), identity.key(), PASSWORD, chain);
    }
    var bytes = new ByteArrayOutputStream();
    store.store(bytes, PASSWORD);
    return bytes.toByteArray();
  }

  @Test
  void pkcs12HoldsOneKey() throws Exception {
    var one = Identity.selfSigned("one", Instant.now(), YEAR);
    var other = Identity.selfSigned("other", Instant.now(), YEAR);

    var read = Identity.ofPkcs12(pkcs12(one), PASSWORD);
    assertThat(read.fingerprint()).isEqualTo(one.fingerprint());
    serve(read, Trust.pinned(one.fingerprint()), "localhost");
    assertThatThrownBy(() -> Identity.ofPkcs12(pkcs12(one, other), PASSWORD))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not one private key but 2");
    assertThatThrownBy(() -> Identity.ofPkcs12(pkcs12(), PASSWORD))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("but 0");
    assertThatThrownBy(() -> Identity.ofPkcs12(pkcs12(one), "wrong".toCharArray()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Identity.ofPkcs12(new byte[10], PASSWORD))
        .isInstanceOf(IOException.class);
  }

  @Test
  void selfSignedIsValidForItsNamesAndItsTime() throws Exception {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var certificate = Identity.selfSigned("ftp.example.com", now, YEAR).chain().get(0);

    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(now.minusSeconds(3600));
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo(now.plus(YEAR));
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=ftp.example.com");
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(it -> String.valueOf(it.get(1)))
        .containsExactly("localhost", "ftp.example.com", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(certificate.getSerialNumber()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "ftp.example.com", "127.0.0.1", "::1"})
  void selfSignedIsBelievedByWhoeverKnowsIt(String host) throws Exception {
    var identity = Identity.selfSigned("ftp.example.com", Instant.now(), YEAR);
    serve(identity, authority(identity.chain().get(0)), host);
  }

  @Test
  void selfSignedBeyondTheYear2049AndForAHostThatHasNoName() throws Exception {
    var now = Instant.parse("2049-06-01T00:00:00Z");
    for (String host :
        List.of("", "localhost", "192.0.2.1", "::1", "k\u00fcche", "a".repeat(300))) {
      var certificate = Identity.selfSigned(host, now, YEAR).chain().get(0);
      assertThat(certificate.getNotAfter().toInstant()).isEqualTo("2050-06-01T00:00:00Z");
      assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
      assertThat(certificate.getSubjectAlternativeNames()).hasSize(3);
    }
  }

  @Test
  void opensslBelievesTheSelfSigned() throws Exception {
    var certificate = Identity.selfSigned("ftp.example.com", Instant.now(), YEAR).chain().get(0);
    Files.write(folder.resolve("self.der"), certificate.getEncoded());
    run("openssl", "x509", "-inform", "DER", "-in", "self.der", "-out", "self.pem");
    assertThat(
            run(
                "openssl verify -x509_strict -CAfile self.pem -verify_hostname ftp.example.com self.pem"
                    .split(" ")))
        .contains("OK");
  }

  @Test
  void nothingShowsTheKey() {
    var identity = Identity.selfSigned("one", Instant.now(), YEAR);
    assertThat(identity.toString()).isEqualTo("sha256:" + identity.fingerprint());
  }
}
