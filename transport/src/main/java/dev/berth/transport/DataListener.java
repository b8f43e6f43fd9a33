package dev.berth.transport;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Guard;
import dev.berth.lifetime.Watchdog;
import dev.berth.transport.ConnectionLost.Manner;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Awaits one data connection from the control connection's peer: from a server in active mode, from
 * a client in passive mode (RFC 959 section 3.2). Made by {@link ControlConnection#listenData} or
 * {@link AcceptedControl#listenData}; whoever made it closes it, unless {@link #accept} has. One
 * thread owns it; any thread may call {@link #close}, which ends whatever the owner waits in.
 *
 * <p>Whoever else connects is closed with RST, and the wait goes on: a stranger must neither get
 * what we send, nor be taken for the peer, nor keep it out.
 */
public final class DataListener implements Closeable {
  private static final Logger LOG = System.getLogger(DataListener.class.getName());

  /** The peer's one connection, and some strangers before it. */
  private static final int BACKLOG = 8;

  /** Ports that both IANA and Linux, unless told, leave to whoever wants any. */
  private static final int LOWEST_GUESS = 49_152;

  private static final int HIGHEST_GUESS = 60_999;
  private static final int GUESSES = 8;

  private final ServerSocketChannel channel;
  private final InetSocketAddress address;
  private final InetAddress peer;
  private final Predicate<InetAddress> callers;
  private final Watchdog watchdog;
  private final @Nullable TlsEngines engines;
  private final Guard guard;

  // Confined to the owning thread.
  private int strangers;
  private String lastStranger = "";

  private DataListener(
      ServerSocketChannel channel,
      InetAddress peer,
      Predicate<InetAddress> callers,
      Watchdog watchdog,
      @Nullable TlsEngines engines)
      throws IOException {
    this.channel = channel;
    this.address = (InetSocketAddress) channel.getLocalAddress();
    this.peer = peer;
    this.callers = callers;
    this.watchdog = watchdog;
    this.engines = engines;
    this.guard = watchdog.guard("port " + address.getPort(), channel);
  }

  /**
   * Listens.
   *
   * @param peer whose connection is awaited, for the messages
   * @param callers which addresses may connect: that of the peer, or others too
   * @throws IOException if no such port can be had
   */
  static DataListener open(
      InetAddress local,
      LocalPorts ports,
      InetAddress peer,
      Predicate<InetAddress> callers,
      Watchdog watchdog,
      @Nullable TlsEngines engines)
      throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      switch (ports) {
        case LocalPorts.Any any -> bindAnywhere(channel, local);
        case LocalPorts.Range range -> bind(channel, local, range);
      }
      return new DataListener(channel, peer, callers, watchdog, engines);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Guesses first: Linux looks for a free port past all that linger in TIME_WAIT, and took 1.3 ms
   * for it where 18,000 did, after as many small files; a port that is named it gives at once.
   */
  private static void bindAnywhere(ServerSocketChannel channel, InetAddress local)
      throws IOException {
    for (int n = 0; n < GUESSES; n++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_GUESS, HIGHEST_GUESS + 1);
      try {
        channel.bind(new InetSocketAddress(local, port), BACKLOG);
        return;
      } catch (BindException taken) {
        LOG.log(Level.DEBUG, "event=port-taken port=" + port, taken);
      }
    }
    channel.bind(new InetSocketAddress(local, 0), BACKLOG);
  }

  /**
   * From a random port of the range on: a peer that connects from one port cannot reach the same
   * one again for a minute (TIME_WAIT, RFC 9293 section 3.6.1).
   */
  private static void bind(ServerSocketChannel channel, InetAddress local, LocalPorts.Range range)
      throws IOException {
    int count = range.highest() - range.lowest() + 1;
    int first = ThreadLocalRandom.current().nextInt(count);
    for (int n = 0; n < count; n++) {
      try {
        channel.bind(new InetSocketAddress(local, range.lowest() + (first + n) % count), BACKLOG);
        return;
      } catch (BindException taken) {
        if (n == count - 1) {
          throw new IOException(
              "cannot listen for data connections on any of the ports " + range, taken);
        }
      }
    }
  }

  /** Where it listens: what the peer is to be told. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Waits for the peer's connection, and listens no more.
   *
   * @param stall the longest time without at least 256 bytes that its reads and writes will bear
   * @throws ConnectionLost if it does not come in time, with the number of strangers that came
   *     instead; closed
   */
  public DataConnection accept(Duration stall, Deadline deadline) throws IOException {
    Wait wait = Wait.until(deadline, "the data connection of " + peer.getHostAddress());
    try {
      return taken(await(deadline, wait), stall);
    } finally {
      close();
    }
  }

  /**
   * The peer's connection if it is there already; then it listens no more. Does not block.
   *
   * @param stall as for {@link #accept}
   * @return nothing if it is not there; the listener listens on
   * @throws ConnectionLost if this is closed, or the thread was interrupted; closed
   */
  public Optional<DataConnection> acceptNow(Duration stall) throws IOException {
    Wait wait = Wait.until(Deadline.after(Duration.ZERO), "a data connection that is there");
    try {
      channel.configureBlocking(false);
      SocketChannel caller = channel.accept();
      while (caller != null && !isWelcome(caller)) {
        caller = channel.accept();
      }
      if (caller == null) {
        channel.configureBlocking(true);
        return Optional.empty();
      }
      close();
      return Optional.of(taken(caller, stall));
    } catch (IOException e) {
      close();
      throw e instanceof ClosedChannelException closed ? lost(manner(closed), wait, e) : e;
    }
  }

  private DataConnection taken(SocketChannel caller, Duration stall) throws IOException {
    return new DataConnection(PlainStream.accepted(caller, watchdog), stall, engines);
  }

  /**
   * As {@link #accept}, but only until the server says something on the control connection: often
   * that it cannot connect.
   *
   * @return nothing if it has said something first; then the listener listens on
   * @throws ConnectionLost as for {@link #accept}
   */
  public Optional<DataConnection> acceptUnlessTold(
      ControlConnection control, Duration stall, Deadline deadline) throws IOException {
    try {
      if (!control.isQuiet()) {
        return isCalled(control, Deadline.after(Duration.ZERO))
            ? Optional.of(accept(stall, deadline))
            : Optional.empty();
      }
      // A readable socket may hold no reply yet: a part of one, or a message of TLS.
      while (!isCalled(control, deadline)) {
        if (!control.isQuiet()) {
          return Optional.empty();
        }
        if (deadline.isOver() || Thread.currentThread().isInterrupted()) {
          break;
        }
      }
    } catch (ClosedChannelException e) {
      Wait wait = Wait.until(deadline, "the data connection of " + peer.getHostAddress());
      close();
      throw lost(manner(e), wait, e);
    }
    return Optional.of(accept(stall, deadline));
  }

  /** Waits for a call or for a word of the server, and answers whether somebody calls. */
  private boolean isCalled(ControlConnection control, Deadline deadline) throws IOException {
    SocketChannel other = control.channel();
    try (Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      other.configureBlocking(false);
      SelectionKey call = channel.register(selector, SelectionKey.OP_ACCEPT);
      other.register(selector, SelectionKey.OP_READ);
      long millis = deadline.remaining().toMillis();
      if (millis > 0) {
        selector.select(millis);
      } else {
        selector.selectNow();
      }
      return call.isValid() && call.isAcceptable();
    } finally {
      // The selector is closed by now, so that both may block again.
      block(channel);
      block(other);
    }
  }

  private static void block(SelectableChannel socket) throws IOException {
    if (socket.isOpen()) {
      socket.configureBlocking(true);
    }
  }

  private SocketChannel await(Deadline deadline, Wait wait) throws IOException {
    while (!deadline.isOver()) {
      guard.expect(deadline);
      SocketChannel caller;
      try {
        caller = channel.accept();
      } catch (ClosedChannelException e) {
        throw lost(guard.isFired() ? Manner.TIMED_OUT : manner(e), wait, e);
      } finally {
        guard.relax();
      }
      if (isWelcome(caller)) {
        return caller;
      }
    }
    // Not left to the watchdog: strangers who come without end would outrun it.
    throw lost(Manner.TIMED_OUT, wait, null);
  }

  private static Manner manner(ClosedChannelException e) {
    return e instanceof ClosedByInterruptException ? Manner.INTERRUPTED : Manner.CLOSED_HERE;
  }

  /** Whether it is the peer who has called; a stranger is hung up on. */
  private boolean isWelcome(SocketChannel caller) {
    InetAddress from = caller.socket().getInetAddress();
    if (from != null && callers.test(from)) {
      return true;
    }
    strangers++;
    lastStranger = from == null ? "an address unknown" : from.getHostAddress();
    try (caller) {
      caller.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // Whoever has hung up already must not end the wait for the peer.
      LOG.log(Level.DEBUG, "event=close-failed stranger=" + lastStranger, e);
    }
    return false;
  }

  private ConnectionLost lost(Manner manner, Wait wait, @Nullable Throwable cause) {
    String others =
        strangers == 0
            ? ""
            : " ("
                + strangers
                + " connections from elsewhere closed, the last from "
                + lastStranger
                + ")";
    return new ConnectionLost(manner, "our port " + address.getPort() + others, wait, cause);
  }

  /** Listens no more; a connection that was not accepted is reset. May be called twice. */
  @Override
  public void close() throws IOException {
    guard.close();
    channel.close();
  }
}
