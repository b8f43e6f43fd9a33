package dev.berth.testkit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * An FTP client in literal bytes, a character each (ISO 8859-1), for tests of servers. Used by one
 * thread. Every read ends within 10 s.
 */
public final class RawClient implements AutoCloseable {
  private static final int BOUND_MILLIS = 10_000;
  private static final long MOST_TO_END = 256L << 20;

  /** Linux lets a socket's buffers grow to 6 MiB here and 4 MiB there. */
  private static final long BEYOND_BUFFERS = 32L << 20;

  private final Socket plain;
  private Socket control;
  private boolean endsTlsAlone; // and not the connection with it

  private RawClient(Socket plain) {
    this.plain = plain;
    this.control = plain;
  }

  /** Connects; the greeting is still to be read. */
  public static RawClient connect(InetSocketAddress server) throws IOException {
    return connect(server, null);
  }

  /**
   * Connects from one of our addresses.
   *
   * @param from its text, as {@code 127.0.0.2}
   */
  public static RawClient connectFrom(String from, InetSocketAddress server) throws IOException {
    return connect(server, InetAddress.getByName(from));
  }

  private static RawClient connect(
      InetSocketAddress server, @org.jspecify.annotations.Nullable InetAddress from)
      throws IOException {
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(BOUND_MILLIS);
      socket.setTcpNoDelay(true);
      if (from != null) {
        socket.bind(new InetSocketAddress(from, 0));
      }
      socket.connect(server, BOUND_MILLIS);
      return new RawClient(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Connects, reads the greeting, and logs in. */
  public static RawClient loggedIn(InetSocketAddress server, String user, String password)
      throws IOException {
    RawClient client = connect(server);
    try {
      client.expect("220");
      return client.logIn(user, password);
    } catch (IOException | RuntimeException e) {
      client.close();
      throw e;
    }
  }

  /** USER and PASS. */
  public RawClient logIn(String user, String password) throws IOException {
    say("USER " + user + "\r\n").expect("331");
    say("PASS " + password + "\r\n").expect("230");
    return this;
  }

  /** Sends literal bytes in one write. */
  public RawClient say(String bytes) throws IOException {
    control.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Sends literal bytes beside TLS. */
  public RawClient sayPlain(String bytes) throws IOException {
    plain.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Sends a command and reads the reply to it. */
  public String ask(String command) throws IOException {
    return say(command + "\r\n").hear();
  }

  /**
   * Reads one reply, of one line or several.
   *
   * @return without the last line end
   * @throws EOFException if there is none, or its end is missing
   */
  public String hear() throws IOException {
    StringBuilder reply = new StringBuilder(line());
    if (reply.length() > 3 && reply.charAt(3) == '-') {
      String end = reply.substring(0, 3) + " ";
      String line = line();
      while (!line.startsWith(end)) {
        reply.append('\n').append(line);
        line = line();
      }
      reply.append('\n').append(line);
    }
    return reply.toString();
  }

  /** Reads one line, without its end. */
  public String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    InputStream in = control.getInputStream();
    int octet = in.read();
    while (octet != '\n') {
      if (octet < 0) {
        throw new EOFException(
            "closed by the server behind: " + line.toString(StandardCharsets.ISO_8859_1));
      }
      line.write(octet);
      octet = in.read();
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /**
   * Reads one reply, which has to begin so.
   *
   * @throws IOException with what came instead
   */
  public String expect(String start) throws IOException {
    String reply = hear();
    if (!reply.startsWith(start)) {
      throw new IOException("expected " + start + ", got: " + reply);
    }
    return reply;
  }

  /** Whether the server has ended its side, and said nothing before that. */
  public boolean isEnded() throws IOException {
    return control.getInputStream().read() < 0;
  }

  /** EPSV, and the data connection to where the reply says. */
  public Socket passive() throws IOException {
    String reply = say("EPSV\r\n").expect("229");
    String port = reply.substring(reply.indexOf("|||") + 3, reply.lastIndexOf('|'));
    return data(Integer.parseInt(port));
  }

  /** A data connection to a port of the server. */
  public Socket data(int port) throws IOException {
    Socket data = new Socket();
    try {
      data.setSoTimeout(BOUND_MILLIS);
      data.bind(new InetSocketAddress(plain.getLocalAddress(), 0));
      data.connect(new InetSocketAddress(plain.getInetAddress(), port), BOUND_MILLIS);
      return data;
    } catch (IOException e) {
      data.close();
      throw e;
    }
  }

  /** EPRT to a socket of ours, which listens; the caller closes it. */
  public ServerSocket active() throws IOException {
    ServerSocket listener = new ServerSocket(0, 1, plain.getLocalAddress());
    listener.setSoTimeout(BOUND_MILLIS);
    String host = plain.getLocalAddress().getHostAddress();
    int family = plain.getLocalAddress().getAddress().length == 4 ? 1 : 2;
    try {
      say("EPRT |" + family + "|" + host + "|" + listener.getLocalPort() + "|\r\n").expect("200");
      return listener;
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  /** Goes over to TLS, whoever the server is. */
  public RawClient startTls() throws IOException {
    control = inTls(control);
    return this;
  }

  /** Ends TLS with close_notify, waits for the server's, and goes on in plain text. */
  public RawClient endTls() throws IOException {
    control.shutdownOutput();
    if (control.getInputStream().read() >= 0) {
      throw new IOException("the server says more in TLS");
    }
    control = plain;
    return this;
  }

  /**
   * Likewise, in one version, and such that {@link #endTls} can end it.
   *
   * @param version as {@code TLSv1.3}
   */
  public RawClient startTls(String version) throws IOException {
    control = inTls(control, false, version);
    endsTlsAlone = true;
    return this;
  }

  /** A socket in TLS, in a session of its own, after its handshake. */
  public static SSLSocket inTls(Socket socket) throws IOException {
    return inTls(socket, true, "TLSv1.2", "TLSv1.3");
  }

  private static SSLSocket inTls(Socket socket, boolean closesSocket, String... versions)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustsAnybody()}, null);
      SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 1, closesSocket);
      tls.setEnabledProtocols(versions);
      tls.startHandshake();
      return tls;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class TrustsAnybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Sends a byte as urgent data of TCP, as Telnet's Synch is sent. */
  public RawClient urge(int octet) throws IOException {
    plain.sendUrgentData(octet);
    return this;
  }

  /** Ends it with RST, as a machine that has lost its memory. */
  public void reset() throws IOException {
    plain.setSoLinger(true, 0);
    plain.close();
  }

  /** What a command sends over a passive data connection, from 150 to 226. */
  public byte[] receive(String command) throws IOException {
    try (Socket data = passive()) {
      say(command + "\r\n").expect("150");
      byte[] content = data.getInputStream().readAllBytes();
      expect("226");
      return content;
    }
  }

  /** Sends content over a passive data connection, from 150 to the last reply. */
  public String send(String command, byte[] content) throws IOException {
    try (Socket data = passive()) {
      say(command + "\r\n").expect("150");
      data.getOutputStream().write(content);
      data.shutdownOutput();
      return hear();
    }
  }

  /**
   * Reads a data connection up to where the server has ended it, with FIN or RST.
   *
   * @throws IOException if it goes on: nothing comes for 10 s, or more than buffers can hold
   */
  public static void awaitEnd(Socket data) throws IOException {
    byte[] dropped = new byte[1 << 16];
    long count = 0;
    while (count < MOST_TO_END) {
      int come;
      try {
        come = data.getInputStream().read(dropped);
      } catch (SocketException e) {
        return; // Reset.
      }
      if (come < 0) {
        return;
      }
      count += come;
    }
    throw new IOException("goes on after " + count + " bytes");
  }

  /**
   * Reads as much as no buffer on the way can hold: a transfer that was ended could not bring it.
   *
   * @throws IOException if the data connection ends before
   */
  public static void requireRunning(Socket data) throws IOException {
    data.getInputStream().skipNBytes(BEYOND_BUFFERS);
  }

  /** Ends a connection before its time: with FIN, or with RST if something is unread. */
  public static void hangUp(Closeable connection) throws IOException {
    connection.close();
  }

  /** The socket itself: to be cut, stalled, or put into TLS. */
  public Socket socket() {
    return control;
  }

  /** Goes on over another socket, as over one in TLS. */
  public void use(Socket other) {
    control = other;
  }

  @Override
  public void close() throws IOException {
    if (!endsTlsAlone) { // Else it would wait for the server's close_notify.
      control.close();
    }
    plain.close();
  }
}
