package dev.berth.transport;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Watchdog;
import dev.berth.transport.ConnectionLost.Manner;
import dev.berth.wire.Command;
import dev.berth.wire.ProtocolException;
import dev.berth.wire.Reply;
import dev.berth.wire.ReplyParser;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.StringJoiner;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A control connection: commands out, replies in (RFC 959 section 2.3). It knows no sequence of
 * commands and judges no reply. Whoever connects it ends it, with {@link #closeGracefully} after
 * the reply to QUIT, else with {@link #close}.
 *
 * <p>One thread owns it; any thread may call {@link #close}, which ends whatever the owner waits
 * in. After any exception it is closed. An interrupt of the owner while it waits closes it too: the
 * exception is a {@link ConnectionLost} of the manner {@code INTERRUPTED}, and the interrupt flag
 * is set.
 */
public final class ControlConnection implements Closeable {
  private static final int BUFFER_BYTES = 8 * 1024;

  private final PlainStream plain;
  private final InetSocketAddress remote;
  private final Source source;
  private final Watchdog watchdog;
  private final ReplyParser parser = new ReplyParser();
  private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).flip();

  // Confined to the owning thread.
  private ByteStream stream;
  private String awaited = "the greeting";
  private Command.Telnet telnet = Command.Telnet.DOUBLED;
  private @Nullable TlsSessions sessions;
  private @Nullable TlsDetails details;

  private ControlConnection(
      PlainStream plain, InetSocketAddress remote, Source source, Watchdog watchdog) {
    this.plain = plain;
    this.stream = plain;
    this.remote = remote;
    this.source = source;
    this.watchdog = watchdog;
  }

  /**
   * Connects; the greeting is still to be read (after {@link #startTls}, if TLS is implicit).
   *
   * @param server a resolved address and port
   * @param source the local address to connect from; data connections will use it too
   * @param watchdog bounds every wait of this connection and its data connections
   * @throws ConnectionLost if nobody answers in time, or refuses
   * @throws IOException if the source address cannot be used
   */
  public static ControlConnection connect(
      InetSocketAddress server, Source source, Watchdog watchdog, Deadline deadline)
      throws IOException {
    var wait = Wait.until(deadline, "the connection");
    PlainStream plain = PlainStream.connect(server, source, watchdog, wait);
    try {
      plain.probeWhileQuiet();
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
    return new ControlConnection(plain, server, source, watchdog);
  }

  /**
   * Sends commands, several in one packet where they fit.
   *
   * @throws ConnectionLost if the peer takes them not in time, or the connection has ended
   */
  public void send(Deadline deadline, Command... commands) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var verbs = new StringJoiner(", ");
    for (Command command : commands) {
      bytes.writeBytes(command.bytes(telnet));
    }
    for (Command command : Arrays.asList(commands).subList(0, Math.min(4, commands.length))) {
      verbs.add(command.verb());
    }
    String sent = commands.length > 4 ? verbs + ", ..." : verbs.toString();
    awaited = "a reply to " + sent;
    stream.write(
        ByteBuffer.wrap(bytes.toByteArray()), Wait.until(deadline, "the peer to take " + sent));
  }

  /**
   * Waits for the next reply, solicited or not.
   *
   * @throws ConnectionLost if none comes: {@code END_OF_STREAM} when the peer closed without a
   *     word, {@code CUT_REPLY} when in the middle of one
   * @throws ProtocolException if what comes is no reply, or one without end
   */
  public Reply readReply(Deadline deadline) throws IOException {
    var wait = Wait.until(deadline, awaited);
    Optional<Reply> reply = parse();
    while (reply.isEmpty()) {
      received.clear();
      int count = stream.read(received, wait);
      received.flip();
      if (count < 0) {
        throw plain.lost(parser.isWithinReply() ? Manner.CUT_REPLY : Manner.END_OF_STREAM, wait);
      }
      reply = parse();
    }
    return reply.get();
  }

  private Optional<Reply> parse() throws IOException {
    try {
      return parser.parse(received);
    } catch (ProtocolException e) {
      close();
      received.clear().flip();
      var located = new ProtocolException(plain.peer() + ": " + e.getMessage());
      located.initCause(e);
      throw located;
    }
  }

  /**
   * Goes over to TLS: after the reply 234 to AUTH TLS (RFC 4217 section 4), or, if TLS is implicit,
   * right after the connect.
   *
   * @throws CertificateRejected if the server's certificate is not trusted
   * @throws PlainAnswer if the server answered with a reply in plain text
   * @throws TlsFailed if there is no agreement, or if the peer has already sent more than that
   *     reply: somebody on the way may have put it there, to be taken for something said in TLS
   * @throws ConnectionLost if the connection ended
   * @throws IOException if the trusted certificates cannot be loaded
   * @throws IllegalStateException if it is in TLS already
   */
  public void startTls(Tls settings, Deadline deadline) throws IOException {
    if (details != null) {
      throw new IllegalStateException("already in TLS with " + plain.peer());
    }
    try {
      if (!isQuiet()) {
        throw new TlsFailed(plain.peer() + ": sent more in plain text before TLS was set up");
      }
      sessions = new TlsSessions(settings, remote.getPort());
      SSLEngine engine = sessions.newEngine();
      var tls = new TlsStream(plain, engine, BUFFER_BYTES);
      shakeHands(tls, Wait.until(deadline, "the TLS handshake"));
      details = sessions.details(engine);
      stream = tls;
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static void shakeHands(TlsStream tls, Wait wait) throws IOException {
    try {
      tls.handshake(wait);
    } catch (CertificateRejected e) {
      throw e;
    } catch (TlsFailed e) {
      throw plainReply(tls.undecrypted()).<TlsFailed>map(it -> new PlainAnswer(it, e)).orElse(e);
    }
  }

  private static Optional<Reply> plainReply(ByteBuffer bytes) {
    try {
      return new ReplyParser().parse(bytes);
    } catch (ProtocolException e) {
      return Optional.empty(); // Neither TLS nor FTP.
    }
  }

  /** What TLS has agreed on; empty in plain text. */
  public Optional<TlsDetails> tls() {
    return Optional.ofNullable(details);
  }

  /**
   * Whether the next data connection has a TLS session to resume. Ask it before a transfer with a
   * server that demands that: without one the transfer would be refused (425, 522).
   *
   * <p>With TLS 1.3 each data connection uses up a ticket, and most bring a new one. ProFTPD 1.3.8
   * sends none on uploads: after the two that came with the login, and so after two uploads, the
   * JDK has nothing to resume. With TLS 1.2 a session lasts, but vsftpd's only if the JVM runs with
   * {@code -Djdk.tls.client.enableSessionTicketExtension=false}.
   */
  public boolean canResumeTls() {
    return sessions != null && sessions.canResume();
  }

  /**
   * Lets the next data connection begin a TLS session of its own, to see whether the server takes
   * that. What was said of later ones by {@link #canResumeTls} then holds of that new session.
   */
  public void forgetTls() {
    if (sessions != null) {
      sessions.forget();
    }
  }

  /**
   * Whether nothing is to be read now: no byte, no end of the stream. For a connection about to be
   * used again, on which a late reply or a 421 may wait. Does not block. What it found can be read
   * with {@link #readReply}; a connection that was reset, or is closed, is not quiet.
   */
  public boolean isQuiet() {
    if (received.hasRemaining() || parser.isWithinReply()) {
      return false;
    }
    received.clear();
    try {
      return stream.isQuiet(received);
    } catch (IOException e) {
      // The next use of the connection tells how it ended; it is all one for this question.
      return false;
    } finally {
      received.flip();
    }
  }

  /**
   * Opens a data connection from the same local address (passive mode).
   *
   * @param address where the reply to PASV or EPSV says; the caller judges it
   * @param stall the longest time without at least 256 bytes that its reads and writes will bear
   * @param deadline for the connect
   * @throws ConnectionLost if nobody answers in time, or refuses
   */
  public DataConnection connectData(InetSocketAddress address, Duration stall, Deadline deadline)
      throws IOException {
    var wait = Wait.until(deadline, "the data connection");
    return new DataConnection(
        PlainStream.connect(address, source, watchdog, wait), stall, sessions);
  }

  /**
   * Listens for a data connection from the server on the local address of this one (active mode).
   *
   * @throws IOException if no such port can be had
   */
  public DataListener listenData(LocalPorts ports) throws IOException {
    InetAddress server = remote.getAddress();
    return DataListener.open(
        local().getAddress(), ports, server, server::equals, watchdog, sessions);
  }

  /**
   * How Telnet's octet 255 is sent from now on; doubled at first, as RFC 959 has it.
   *
   * @param form as the server reads it
   */
  public void send255(Command.Telnet form) {
    telnet = form;
  }

  /** The socket, for whoever waits for several at once; registered for no longer than that. */
  SocketChannel channel() {
    return plain.channel();
  }

  /** The server's address and port. */
  public InetSocketAddress remote() {
    return remote;
  }

  /** The local address and port, as the server counts it if nothing is in between. */
  public InetSocketAddress local() throws IOException {
    return plain.local();
  }

  /**
   * Ends the connection after the reply to QUIT: close_notify if in TLS, FIN, then waits for the
   * peer's FIN, dropping what still comes, and closes. A peer that resets has ended too.
   *
   * @throws ConnectionLost if the peer does not end in time; the connection is closed, and the peer
   *     may count it still
   */
  public void closeGracefully(Deadline deadline) throws IOException {
    try {
      stream.finish(Wait.until(deadline, "the end of the connection"));
    } catch (ConnectionLost e) {
      if (e.manner() != Manner.RESET) {
        throw e;
      }
    }
  }

  /** Closes the socket at once. May be called twice, and by any thread. */
  @Override
  public void close() throws IOException {
    plain.close();
  }
}
