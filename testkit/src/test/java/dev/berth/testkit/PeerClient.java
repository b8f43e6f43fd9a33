package dev.berth.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A client of literal bytes for the tests of this module, which speaks of peers: their account and
 * certificate. Every read ends within 10 s.
 */
final class PeerClient implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private Socket socket;

  private PeerClient(Socket socket) {
    this.socket = socket;
  }

  static PeerClient connect(InetSocketAddress server) throws IOException {
    Socket socket = new Socket();
    socket.connect(server, (int) BOUND.toMillis());
    socket.setSoTimeout((int) BOUND.toMillis());
    return new PeerClient(socket);
  }

  PeerClient startTls(PeerCertificate certificate) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("peer", certificate.certificate());
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    SSLSocket secure =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
    secure.startHandshake();
    socket = secure;
    return this;
  }

  String tlsVersion() {
    return ((SSLSocket) socket).getSession().getProtocol();
  }

  PeerClient send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** One line without its CRLF; {@code (closed)} at the end of the stream. */
  String line() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        return line.isEmpty() ? "(closed)" : line + "(closed)";
      }
      line.append((char) octet);
    }
    return line.toString().stripTrailing();
  }

  /** The last line of a reply. */
  String reply() throws IOException {
    String line = line();
    while (!line.equals("(closed)") && !line.matches("\\d{3} .*")) {
      line = line();
    }
    return line;
  }

  String command(String command) throws IOException {
    return send(command + "\r\n").reply();
  }

  /** The reply that ends an attempt to get in: of the greeting, of USER or of PASS. */
  String logIn() throws IOException {
    String greeting = reply();
    return greeting.startsWith("220") ? logInGreeted() : greeting;
  }

  String logInGreeted() throws IOException {
    String answer = command("USER " + Account.USER);
    return answer.startsWith("331") ? command("PASS " + Account.PASSWORD) : answer;
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
