package dev.berth.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSocket;

/**
 * One connection of a {@link ScriptedServer}, seen from the server. Text is sent and read as bytes,
 * a character each (ISO 8859-1). Used by the script's thread alone; {@link #heard} and {@link #end}
 * by any. Every read and accept ends within 10 s.
 */
public final class Conversation {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final int number;
  private final int openAtStart;
  private final Socket plain;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final List<String> heard = new ArrayList<>(); // guarded by lock
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>(); // guarded by lock
  private Socket control; // confined to the script's thread
  private Optional<ServerSocket> passive = Optional.empty(); // confined to the script's thread
  private Optional<InetSocketAddress> active = Optional.empty(); // confined to the script's thread

  Conversation(Socket plain, int number, int openAtStart) {
    this.plain = plain;
    this.control = plain;
    this.number = number;
    this.openAtStart = openAtStart;
  }

  /** The number of the connection, from 1. */
  public int number() {
    return number;
  }

  /** How many connections were open when this one came, itself among them. */
  public int openAtStart() {
    return openAtStart;
  }

  /** The client's address, as digits. */
  public String clientAddress() {
    return plain.getInetAddress().getHostAddress();
  }

  /** The port that the client has connected to. */
  public int serverPort() {
    return plain.getLocalPort();
  }

  /** The lines read so far. */
  public List<String> heard() {
    lock.lock();
    try {
      return List.copyOf(heard);
    } finally {
      lock.unlock();
    }
  }

  /** Sends literal bytes in one write. */
  public Conversation say(String bytes) throws IOException {
    return say(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends literal bytes in one write. */
  public Conversation say(byte[] bytes) throws IOException {
    control.getOutputStream().write(bytes);
    control.getOutputStream().flush();
    return this;
  }

  /** Sends one byte at a time, each followed by a pause. */
  public Conversation dribble(String bytes, Duration pause) throws IOException {
    plain.setTcpNoDelay(true);
    for (byte octet : bytes.getBytes(StandardCharsets.ISO_8859_1)) {
      say(new byte[] {octet});
      if (isEndedWithin(pause)) {
        throw new EOFException("ended in the middle of " + bytes);
      }
    }
    return this;
  }

  /**
   * Reads one line and fails when it is another.
   *
   * @param line without its line end
   * @throws AssertionError when the client says something else
   */
  public Conversation expect(String line) throws IOException {
    String said = next().orElse("(end of stream)");
    if (!said.equals(line)) {
      throw new AssertionError("expected \"" + line + "\", heard \"" + said + "\"");
    }
    return this;
  }

  /** Reads one line, whatever it is. Fails at the end of the stream. */
  public Conversation expectAny() throws IOException {
    if (next().isEmpty()) {
      throw new AssertionError("expected a line, heard the end of the stream");
    }
    return this;
  }

  /** Reads one line; returns it without its line end, or nothing at the end of the stream. */
  public Optional<String> next() throws IOException {
    control.setSoTimeout((int) BOUND.toMillis());
    InputStream in = control.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        return Optional.empty();
      }
      line.append((char) octet);
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    lock.lock();
    try {
      heard.add(line.toString());
    } finally {
      lock.unlock();
    }
    return Optional.of(line.toString());
  }

  /** Neither reads nor writes any more, until the server is closed. */
  public void stall() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does nothing for a while. */
  public Conversation pause(Duration time) throws IOException {
    if (isEndedWithin(time)) {
      throw new EOFException("ended in a pause");
    }
    return this;
  }

  private boolean isEndedWithin(Duration time) throws IOException {
    try {
      return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Sends FIN and goes on reading: what follows must not {@link #say} anything. */
  public Conversation halfClose() throws IOException {
    plain.shutdownOutput();
    return this;
  }

  /** Reads and drops what comes until the client's FIN. */
  public Conversation awaitEnd() throws IOException {
    plain.setSoTimeout((int) BOUND.toMillis());
    plain.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    return this;
  }

  /** Ends the connection by RST. What the client has not yet read may be lost to it. */
  public void reset() throws IOException {
    reset(plain);
  }

  /** Ends the connection by FIN, or by RST when the client has said something that was not read. */
  public void close() throws IOException {
    plain.close();
  }

  /**
   * Speaks TLS from here on with the certificate of {@link ServerTls}; to be said after the 234.
   */
  public Conversation startTls() throws IOException {
    control = secure(plain);
    return this;
  }

  private static SSLSocket secure(Socket socket) throws IOException {
    SSLSocket secure = ServerTls.wrap(socket);
    secure.setSoTimeout((int) BOUND.toMillis());
    secure.startHandshake();
    return secure;
  }

  /**
   * Listens for a data connection on a new port; an older one is closed. Nothing is said: see
   * {@link #sayPassive}, {@link #sayExtendedPassive}, or say something else, a lie perhaps.
   *
   * @return the port
   */
  public int openPassive() throws IOException {
    closePassive();
    ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listening.setSoTimeout((int) BOUND.toMillis());
    passive = Optional.of(keep(listening));
    active = Optional.empty();
    return listening.getLocalPort();
  }

  /** Listens no more, so that a data connection is refused by the system. */
  public Conversation closePassive() throws IOException {
    if (passive.isPresent()) {
      passive.get().close();
      passive = Optional.empty();
    }
    return this;
  }

  /** Opens a port and says where in a 227 (RFC 959 section 4.1.2), with the true address. */
  public Conversation sayPassive() throws IOException {
    return sayPassive("127,0,0,1");
  }

  /**
   * Opens a port and says where in a 227.
   *
   * @param address the address to name, four numbers with commas
   */
  public Conversation sayPassive(String address) throws IOException {
    int port = openPassive();
    return say(
        "227 Entering Passive Mode (%s,%d,%d).\r\n".formatted(address, port >> 8, port & 255));
  }

  /** Opens a port and says where in a 229 (RFC 2428 section 3). */
  public Conversation sayExtendedPassive() throws IOException {
    return say("229 Entering Extended Passive Mode (|||%d|)\r\n".formatted(openPassive()));
  }

  /**
   * Takes an address from an EPRT (RFC 2428 section 2) or PORT (RFC 959 section 4.1.2): the next
   * data connection is made to it. Nothing is said.
   *
   * @param argument what came behind the verb
   */
  public Conversation takeActive(String argument) throws IOException {
    closePassive();
    active = Optional.of(argument.startsWith("|") ? extended(argument) : numbers(argument));
    return this;
  }

  /** Where the next data connection is to be made to. */
  public InetSocketAddress activeAddress() {
    return active.orElseThrow(() -> new IllegalStateException("no EPRT or PORT was taken"));
  }

  private static InetSocketAddress extended(String argument) throws IOException {
    String[] parts = argument.split("\\|", -1);
    return new InetSocketAddress(InetAddress.getByName(parts[2]), Integer.parseInt(parts[3]));
  }

  private static InetSocketAddress numbers(String argument) throws IOException {
    String[] parts = argument.split(",", -1);
    String host = String.join(".", List.of(parts).subList(0, 4));
    int port = Integer.parseInt(parts[4]) * 256 + Integer.parseInt(parts[5]);
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  /** Takes the data connection, sends all and ends it by FIN. */
  public Conversation sendData(byte[] bytes) throws IOException {
    try (Socket data = accept()) {
      data.getOutputStream().write(bytes);
    }
    return this;
  }

  /** Takes the data connection and reads it to the client's FIN. */
  public byte[] receiveData() throws IOException {
    try (Socket data = accept()) {
      data.setSoTimeout((int) BOUND.toMillis());
      return data.getInputStream().readAllBytes();
    }
  }

  /**
   * Takes the data connection, sends some bytes, waits until they are taken, and ends it by RST.
   */
  public Conversation resetData(byte[] before) throws IOException {
    Socket data = accept();
    data.setTcpNoDelay(true);
    data.getOutputStream().write(before);
    // A reset throws away what is still on its way; on loopback nothing is after this moment.
    pause(Duration.ofMillis(20));
    reset(data);
    return this;
  }

  /**
   * Takes the data connection, sends some bytes and leaves it open: it ends with the conversation.
   */
  public Conversation stallData(byte[] before) throws IOException {
    accept().getOutputStream().write(before);
    return this;
  }

  /**
   * Takes the data connection as it is, or makes it in active mode, for whatever else is to be done
   * with it. It ends with the conversation. When the control connection speaks TLS the data
   * connection still is plain: see {@link ServerTls#wrap}.
   */
  public Socket accept() throws IOException {
    if (active.isPresent()) {
      Socket data = keep(new Socket());
      data.connect(active.get(), (int) BOUND.toMillis());
      active = Optional.empty();
      return data;
    }
    ServerSocket listening =
        passive.orElseThrow(() -> new IllegalStateException("no passive port is open"));
    Socket data = keep(listening.accept());
    closePassive();
    return data;
  }

  private <T extends AutoCloseable> T keep(T thing) throws IOException {
    lock.lock();
    try {
      toClose.add(thing);
    } finally {
      lock.unlock();
    }
    if (ended.getCount() == 0) {
      end();
      throw new EOFException("the server is closed");
    }
    return thing;
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Else a 226 behind a 150 waits 40 ms for the client's ACK of that. */
  void sendAtOnce() throws IOException {
    plain.setTcpNoDelay(true);
  }

  /** Ends everything: the control connection, data connections, passive ports. */
  void end() {
    ended.countDown();
    List<AutoCloseable> open;
    lock.lock();
    try {
      open = new ArrayList<>(toClose);
    } finally {
      lock.unlock();
    }
    open.add(plain);
    try {
      Closing.all(open);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
