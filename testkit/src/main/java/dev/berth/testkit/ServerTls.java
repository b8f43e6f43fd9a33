package dev.berth.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS for scripted servers, with the same certificate as the real ones show. */
public final class ServerTls {
  private ServerTls() {}

  /**
   * The certificate.
   *
   * @throws IOException when it can be neither read nor made
   */
  public static PeerCertificate certificate() throws IOException {
    return PeerCertificate.keptIn(Installation.folder().resolve("tls"));
  }

  /**
   * Puts TLS on an accepted connection. Closing the result closes the connection; the handshake is
   * not yet made.
   *
   * @throws IOException when the certificate cannot be had
   */
  public static SSLSocket wrap(Socket socket) throws IOException {
    char[] password = Account.PASSWORD.toCharArray();
    try (InputStream in = Files.newInputStream(certificate().keyStore())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
      secure.setUseClientMode(false);
      return secure;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
