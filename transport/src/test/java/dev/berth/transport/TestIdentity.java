package dev.berth.transport;

import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server's key and self-signed certificate, made by the JDK's keytool. */
final class TestIdentity {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String ALIAS = "server";

  final X509Certificate certificate;
  final Identity identity;
  final SSLContext context;

  /**
   * Makes one.
   *
   * @param alternative a subject alternative name as keytool takes it: {@code dns:localhost}
   * @param startDate when its 90 days begin, as keytool takes it: {@code -1d}
   */
  TestIdentity(String alternative, String startDate) throws Exception {
    Path folder = Files.createTempDirectory("identity");
    Path file = folder.resolve("server.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    var process =
        new ProcessBuilder(
                List.of(
                    keytool.toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=Test",
                    "-validity",
                    "90",
                    "-startdate",
                    startDate,
                    "-ext",
                    "san=" + alternative,
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    new String(PASSWORD),
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    Files.delete(file);
    Files.delete(folder);
    certificate = (X509Certificate) store.getCertificate(ALIAS);
    identity = Identity.of(List.of(certificate), (PrivateKey) store.getKey(ALIAS, PASSWORD));
    var factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, PASSWORD);
    context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
  }

  /** Trust in nothing but this certificate, host and dates checked. */
  Trust asAuthority() throws Exception {
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    roots.setCertificateEntry(ALIAS, certificate);
    return Trust.authorities(roots);
  }

  /** The server's side of TLS on an accepted socket; the handshake is still to come. */
  SSLSocket accept(Socket socket) throws Exception {
    var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, false);
    tls.setUseClientMode(false);
    return tls;
  }
}
