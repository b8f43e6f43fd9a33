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
import org.jspecify.annotations.Nullable;

/**
 * Awaits one data connection from the control connection's peer (active mode, RFC 959 section 3.2).
 * Made by {@link ControlConnection#listenData}; whoever made it closes it, unless {@link #accept}
 * has. One thread owns it; any thread may call {@link #close}, which ends whatever the owner waits
 * in.
 *
 * <p>Whoever else connects is closed with RST, and the wait goes on: a stranger must neither get
 * what we send, nor be taken for the server, nor keep it out.
 */
public final class DataListener implements Closeable {
  private static final Logger LOG = System.getLogger(DataListener.class.getName());

  /** The server's one connection, and some strangers before it. */
  private static final int BACKLOG = 8;

  private final ServerSocketChannel channel;
  private final InetSocketAddress address;
  private final InetAddress peer;
  private final Watchdog watchdog;
  private final @Nullable TlsSessions sessions;
  private final Guard guard;

  // Confined to the owning thread.
  private int strangers;
  private String lastStranger = "";

  private DataListener(
      ServerSocketChannel channel,
      InetAddress peer,
      Watchdog watchdog,
      @Nullable TlsSessions sessions)
      throws IOException {
    this.channel = channel;
    this.address = (InetSocketAddress) channel.getLocalAddress();
    this.peer = peer;
    this.watchdog = watchdog;
    this.sessions = sessions;
    this.guard = watchdog.guard("port " + address.getPort(), channel);
  }

  /**
   * Listens.
   *
   * @param peer the only host to accept a connection from
   * @throws IOException if no such port can be had
   */
  static DataListener open(
      InetAddress local,
      LocalPorts ports,
      InetAddress peer,
      Watchdog watchdog,
      @Nullable TlsSessions sessions)
      throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      switch (ports) {
        case LocalPorts.Any any -> channel.bind(new InetSocketAddress(local, 0), BACKLOG);
        case LocalPorts.Range range -> bind(channel, local, range);
      }
      return new DataListener(channel, peer, watchdog, sessions);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * From a random port of the range on: a server that connects from one port cannot reach the same
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

  /** Where it listens: what the server is to be told. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Waits for the server's connection, and listens no more.
   *
   * @param stall the longest time without at least 256 bytes that its reads and writes will bear
   * @throws ConnectionLost if it does not come in time, with the number of strangers that came
   *     instead; closed
   */
  public DataConnection accept(Duration stall, Deadline deadline) throws IOException {
    Wait wait = Wait.until(deadline, "the data connection of " + peer.getHostAddress());
    try {
      SocketChannel server = await(deadline, wait);
      return new DataConnection(PlainStream.accepted(server, watchdog), stall, sessions);
    } finally {
      close();
    }
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
      if (isServer(caller)) {
        return caller;
      }
    }
    // Not left to the watchdog: strangers who come without end would outrun it.
    throw lost(Manner.TIMED_OUT, wait, null);
  }

  private static Manner manner(ClosedChannelException e) {
    return e instanceof ClosedByInterruptException ? Manner.INTERRUPTED : Manner.CLOSED_HERE;
  }

  /** Whether it is the server who has called; anybody else is hung up on. */
  private boolean isServer(SocketChannel caller) {
    InetAddress from = caller.socket().getInetAddress();
    if (peer.equals(from)) {
      return true;
    }
    strangers++;
    lastStranger = from == null ? "an address unknown" : from.getHostAddress();
    try (caller) {
      caller.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // Whoever has hung up already must not end the wait for the server.
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
