package dev.berth.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A long line between clients and a server on loopback: everything takes its time, and all
 * connections share what goes through in a second. Clients connect to {@link #address} instead of
 * the server. Data connections of passive mode come through too: the port in a 227 or 229 is
 * replaced by one of ours, so the control connection must be in the clear. May be closed from any
 * thread.
 *
 * <p>It lives in user space, as netem is not to be had in every container. What that means:
 *
 * <ul>
 *   <li>The kernel says yes to a client at once. So what a client sends is held as if its SYN had
 *       had to go there and back, and the server sees the connection when the third packet of the
 *       handshake would arrive: 1.5 round trips after the SYN. What the client hears first comes
 *       when it would have come.
 *   <li>A refused or filtered port shows as a connection that is reset.
 *   <li>Each connection has a window of its own that opens as in slow start (RFC 5681: ten segments
 *       at first, doubled every round trip) up to {@value WanPipe#LARGEST_WINDOW} bytes; nothing is
 *       ever lost, so it never closes again. There are no packets, so no header costs anything.
 *   <li>The kernel acknowledges at once, so a server that waits for that between two small writes
 *       (Nagle's algorithm) waits less than it would: curl gets small files from vsftpd in 5.2
 *       round trips each here, and took 6.2 over a delayed link between two network namespaces;
 *       from Pure-FTPd in 4.1 and 4.4.
 *   <li>Buffers of sockets come on top, as on any host. A sender is reset half a round trip after
 *       its receiver, and what was on its way before an RST still arrives.
 * </ul>
 */
public final class WanLink implements AutoCloseable {
  private final InetSocketAddress server;
  private final Line line;
  private final WanRate up;
  private final WanRate down;
  private final ServerSocket listener;
  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  /**
   * What a line is like.
   *
   * @param roundTrip how long a question and its answer take
   * @param bytesPerSecond what goes through, each way, over all connections
   */
  public record Line(Duration roundTrip, long bytesPerSecond) {
    public Line {
      if (roundTrip.isNegative() || bytesPerSecond <= 0) {
        throw new IllegalArgumentException(roundTrip + ", " + bytesPerSecond + " bytes/s");
      }
    }

    /** A line of so many millions of bits in a second. */
    public static Line ofMegabits(Duration roundTrip, long megabits) {
      return new Line(roundTrip, megabits * 1_000_000 / 8);
    }

    long oneWayNanos() {
      return roundTrip.toNanos() / 2;
    }
  }

  private WanLink(InetSocketAddress server, Line line) throws IOException {
    this.server = server;
    this.line = line;
    this.up = new WanRate(line.bytesPerSecond());
    this.down = new WanRate(line.bytesPerSecond());
    this.listener = listen();
  }

  /**
   * Lays a line.
   *
   * @param server where control connections go on to; its data connections go to the same address
   * @throws IOException when no port can be had
   */
  public static WanLink start(InetSocketAddress server, Line line) throws IOException {
    WanLink link = new WanLink(server, line);
    AcceptLoop.start("wan-accept", link.listener, link::begin);
    return link;
  }

  private static ServerSocket listen() throws IOException {
    ServerSocket socket = new ServerSocket();
    // What the kernel takes in before we look is no part of the line.
    socket.setReceiveBufferSize(WanPipe.CHUNK);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    return socket;
  }

  private void begin(Socket client) {
    WanConnection connection = new WanConnection(client, server, this);
    connection.start(new PassivePorts(port -> dataPort(connection, port)));
  }

  /**
   * Opens a port for one data connection. It is open until that has come, or the control connection
   * is over.
   */
  private int dataPort(WanConnection control, int serverPort) {
    try {
      ServerSocket socket = listen();
      control.closesWith(socket);
      InetSocketAddress target = new InetSocketAddress(server.getAddress(), serverPort);
      Thread.ofVirtual().name("wan-data").start(() -> acceptOne(socket, target));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptOne(ServerSocket socket, InetSocketAddress target) {
    try (socket) {
      new WanConnection(socket.accept(), target, this).start(bytes -> bytes);
    } catch (IOException closed) {
      return; // with its control connection: nobody came
    }
  }

  Line line() {
    return line;
  }

  WanRate up() {
    return up;
  }

  WanRate down() {
    return down;
  }

  /** Whether the line is still there, and is to close the connection when it is closed itself. */
  boolean opened(AutoCloseable connection) {
    open.add(connection);
    return !isClosed;
  }

  void ended(AutoCloseable connection) {
    open.remove(connection);
  }

  /** Where clients connect to. */
  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /**
   * Takes no more connections and resets those that are open.
   *
   * @throws IOException when the port cannot be closed
   */
  @Override
  public void close() throws IOException {
    isClosed = true;
    listener.close();
    Closing.all(Set.copyOf(open));
  }
}
