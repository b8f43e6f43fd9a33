package dev.berth.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a server that was just started greets, and leaves it politely. It comes from an
 * address of its own, so that no limit per address counts it.
 */
final class Greeting {
  static final Duration BOUND = Duration.ofSeconds(20);
  private static final String FROM = "127.0.0.99";

  private final InetSocketAddress server;
  private final boolean implicitTls;
  private final PeerProcess process;
  private @Nullable SocketException refusal;

  Greeting(InetSocketAddress server, boolean implicitTls, PeerProcess process) {
    this.server = server;
    this.implicitTls = implicitTls;
    this.process = process;
  }

  void await() throws IOException {
    long start = System.nanoTime();
    while (!isGreeted()) {
      if (!process.isAlive()) {
        throw new IOException("it ended at once");
      }
      if (System.nanoTime() - start > BOUND.toNanos()) {
        throw new IOException("no greeting within " + BOUND + ", last: " + refusal, refusal);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  /** False while nobody listens, or who listens hangs up before a word, as a start may. */
  private boolean isGreeted() throws IOException {
    try (Socket plain = new Socket()) {
      plain.bind(new InetSocketAddress(FROM, 0));
      plain.setSoTimeout((int) BOUND.toMillis());
      plain.connect(server, (int) BOUND.toMillis());
      converse(implicitTls ? secure(plain) : plain);
      return true;
    } catch (SocketException notYet) {
      refusal = notYet;
      return false;
    }
  }

  private static void converse(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    String line = in.readLine();
    while (line != null && line.startsWith("220-")) {
      line = in.readLine();
    }
    if (line == null || !line.startsWith("220 ")) {
      throw new IOException("greeted with: " + line);
    }
    socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
    while (line != null) {
      line = in.readLine();
    }
  }

  private static SSLSocket secure(Socket plain) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustEverything()}, new SecureRandom());
      return (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", 0, false);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Here only the greeting is of interest, not who gives it. */
  private static final class TrustEverything implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      throw new UnsupportedOperationException("we are the client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      // Whoever answers on that loopback port is the server that we have started.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
