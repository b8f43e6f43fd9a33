package dev.berth.transport;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Watchdog;
import dev.berth.transport.ConnectionLost.Manner;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A control connection that a client has made: bytes in, bytes out. The mirror image of {@link
 * ControlConnection}. Whoever accepts it ends it, with {@link #closeGracefully} after the last
 * reply, else with {@link #close} or {@link #reset}.
 *
 * <p>One thread reads at a time, and one writes; they may be two. Any thread may call {@link
 * #interruptReading}, {@link #close} and {@link #reset}. After any exception it is closed; an
 * interrupt of a thread that waits closes it too.
 *
 * <p>A wait for commands that is over, or was interrupted, shuts the input for good and leaves the
 * output open: so that 421 can still be said (RFC 959 section 5.4).
 */
public final class AcceptedControl implements Closeable {
  /** What became of a wait for bytes. */
  public enum Reading {
    /** At least one byte has come. */
    ARRIVED,
    /** The client has ended its side; it may still listen. */
    ENDED,
    /** Nothing came in time. No later read finds anything; writing goes on. */
    TIMED_OUT,
    /** Somebody here called {@link #interruptReading}. As with {@code TIMED_OUT}. */
    WOKEN
  }

  private final PlainStream plain;
  private final InetSocketAddress remote;
  private final InetSocketAddress local;
  private final Watchdog watchdog;

  // Written by the thread that writes, while no other reads.
  private volatile @Nullable DuplexTls tls;
  private @Nullable TlsEngines engines;
  private @Nullable TlsDetails details;

  private AcceptedControl(
      PlainStream plain, InetSocketAddress remote, InetSocketAddress local, Watchdog watchdog) {
    this.plain = plain;
    this.remote = remote;
    this.local = local;
    this.watchdog = watchdog;
  }

  /**
   * Takes a connection over.
   *
   * @param accepted in blocking mode; closed if this throws
   * @param watchdog bounds every wait of this connection and its data connections
   * @throws IOException if it has ended already
   */
  public static AcceptedControl of(SocketChannel accepted, Watchdog watchdog) throws IOException {
    PlainStream plain = PlainStream.acceptedControl(accepted, watchdog);
    try {
      plain.probeWhileQuiet();
      plain.takeUrgentInline();
      var remote = (InetSocketAddress) accepted.getRemoteAddress();
      return new AcceptedControl(plain, remote, plain.local(), watchdog);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  /**
   * Waits for bytes of the client.
   *
   * @param into has room
   * @param idle until when
   * @throws ConnectionLost if the connection was reset or closed
   * @throws TlsFailed if TLS broke, or the client wants to renegotiate
   */
  public Reading read(ByteBuffer into, Deadline idle) throws IOException {
    if (!into.hasRemaining()) {
      throw new IllegalArgumentException("no room for what the client says");
    }
    Wait wait = Wait.until(idle, "a command");
    DuplexTls encrypted = tls;
    int count = encrypted == null ? plain.read(into, wait) : encrypted.read(into, wait);
    return count < 0 ? plain.end() : Reading.ARRIVED;
  }

  /**
   * Takes what has arrived, without waiting. In TLS nobody looks: what has arrived may be half a
   * record.
   *
   * @param into has room
   * @return as of {@link #read}; nothing if nothing has arrived
   * @throws IOException if the connection was reset or closed
   */
  public Optional<Reading> readNow(ByteBuffer into) throws IOException {
    if (details != null) {
      return Optional.empty();
    }
    int count = plain.readNow(into);
    return count == 0 ? Optional.empty() : Optional.of(count < 0 ? plain.end() : Reading.ARRIVED);
  }

  /**
   * Lets the thread that reads, or will, find {@link Reading#WOKEN}: there is something to be told
   * to the client before the connection ends. What had arrived and was not read is lost.
   */
  public void interruptReading() throws IOException {
    plain.wakeReader();
  }

  /**
   * Writes all of it.
   *
   * @throws ConnectionLost if the client takes it not in time, or the connection has ended
   * @throws TlsFailed if the client has ended TLS 1.2, or it broke
   */
  public void write(ByteBuffer from, Deadline deadline) throws IOException {
    Wait wait = Wait.until(deadline, "the client to take a reply");
    DuplexTls encrypted = tls;
    if (encrypted == null) {
      plain.write(from, wait);
    } else {
      encrypted.write(from, wait);
    }
  }

  /**
   * Goes over to TLS, as the server of it: after the reply 234 to AUTH TLS (RFC 4217 section 4), or
   * right after the accept if TLS is implicit. No other thread may read or write meanwhile.
   *
   * @param unread what had arrived behind AUTH TLS and was read with it: nothing, or somebody on
   *     the way may have put it there, to be taken for something said in TLS
   * @throws TlsFailed if there is no agreement, or something is unread
   * @throws ConnectionLost if the connection ended, or the deadline passed
   * @throws IllegalStateException if it is in TLS already
   */
  public void startTls(TlsServer server, ByteBuffer unread, Deadline deadline) throws IOException {
    if (details != null) {
      throw new IllegalStateException("already in TLS with " + plain.peer());
    }
    try {
      if (unread.hasRemaining()) {
        throw new TlsFailed(plain.peer() + ": sent more in plain text before TLS was set up");
      }
      ServerSessions sessions = server.newSessions();
      var engine = sessions.newEngine();
      var handshake = new TlsStream(plain, engine, 0);
      handshake.handshake(Wait.until(deadline, "the TLS handshake"));
      details = sessions.details(engine);
      engines = sessions;
      tls = new DuplexTls(plain, engine, handshake.undecrypted());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Goes back to plain text, after the reply to REIN (RFC 4217 section 13): close_notify, and waits
   * for the client's. Later data connections are in plain text too. No other thread may read or
   * write meanwhile.
   *
   * @return what the client sent behind its close_notify: plain text
   * @throws TlsFailed if the client goes on in TLS, or it breaks
   * @throws ConnectionLost if the connection ended, or the deadline passed
   * @throws IllegalStateException if it is not in TLS
   */
  public ByteBuffer endTls(Deadline deadline) throws IOException {
    DuplexTls encrypted = tls;
    if (encrypted == null) {
      throw new IllegalStateException("not in TLS with " + plain.peer());
    }
    ByteBuffer behind = encrypted.end(Wait.until(deadline, "the end of TLS"));
    tls = null;
    engines = null;
    details = null;
    return behind;
  }

  /** What TLS has agreed on; empty in plain text. */
  public Optional<TlsDetails> tls() {
    return Optional.ofNullable(details);
  }

  /**
   * Opens a data connection to a client in active mode, from the same local address.
   *
   * @param port from which
   * @param address where PORT or EPRT says; the caller judges it
   * @param stall the longest time without at least 256 bytes that its reads and writes will bear
   * @param deadline for the connect
   * @param begun gets the connection before it is there: to close it ends the wait
   * @throws ConnectionLost if nobody answers in time, or refuses
   * @throws IOException if the port cannot be bound
   */
  public DataConnection connectData(
      ActivePort port,
      InetSocketAddress address,
      Duration stall,
      Deadline deadline,
      Consumer<Closeable> begun)
      throws IOException {
    Wait wait = Wait.until(deadline, "the data connection");
    Source source = Source.of(local.getAddress());
    int number =
        switch (port) {
          case ActivePort.Any any -> 0;
          case ActivePort.Fixed(int fixed) -> fixed;
        };
    return new DataConnection(
        PlainStream.connect(address, source, number, watchdog, wait, begun), stall, engines);
  }

  /**
   * Listens for a data connection of the client, from its own address alone, on the local address
   * of this one (passive mode).
   *
   * @throws IOException if no such port can be had
   */
  public DataListener listenData(LocalPorts ports) throws IOException {
    return listenData(ports, remote.getAddress()::equals);
  }

  /**
   * As above, from other addresses too.
   *
   * @param callers which addresses may connect: whoever comes first from one of them gets the data
   */
  public DataListener listenData(LocalPorts ports, Predicate<InetAddress> callers)
      throws IOException {
    return DataListener.open(
        local.getAddress(), ports, remote.getAddress(), callers, watchdog, engines);
  }

  /** The client's address and port. */
  public InetSocketAddress remote() {
    return remote;
  }

  /** The address and port that the client connected to, unless something in between changed it. */
  public InetSocketAddress local() {
    return local;
  }

  /**
   * Ends the connection after the last reply: close_notify if in TLS, FIN, then waits for the
   * client's FIN, dropping what still comes, and closes. A client that resets has ended too. Does
   * not wait if the input is shut. No other thread may read meanwhile.
   *
   * @throws ConnectionLost if the client does not end in time; closed
   */
  public void closeGracefully(Deadline deadline) throws IOException {
    Wait wait = Wait.until(deadline, "the end of the connection");
    DuplexTls encrypted = tls;
    try {
      if (encrypted == null) {
        plain.finish(wait);
      } else {
        encrypted.finish(wait);
      }
    } catch (ConnectionLost e) {
      if (e.manner() != Manner.RESET) {
        throw e;
      }
    }
  }

  /** Closes at once with RST, which costs this host nothing more. May be called twice. */
  public void reset() throws IOException {
    plain.reset();
  }

  /** Closes the socket at once. May be called twice. */
  @Override
  public void close() throws IOException {
    plain.close();
  }
}
