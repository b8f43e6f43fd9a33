package dev.berth.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A transparent relay in front of a server's control port on 127.0.0.1. Clients connect to {@link
 * #address} instead of the server; every byte, FIN and reset is passed on in both directions and
 * recorded, the recording always first. Data connections of passive mode do not come through it:
 * EPSV names a port of the same host, where the server itself listens.
 */
public final class WireTap implements AutoCloseable {
  private final TapSettings settings;
  private final ServerSocket listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<TappedConnection> connections = new ArrayList<>(); // guarded by lock
  private final List<TapRelay> relays = new ArrayList<>(); // guarded by lock
  private boolean isClosed; // guarded by lock

  private WireTap(TapSettings settings, ServerSocket listener) {
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Starts a tap that changes nothing.
   *
   * @param server where connections go on to
   * @throws IOException when no port can be had
   */
  public static WireTap before(InetSocketAddress server) throws IOException {
    return start(TapSettings.to(server));
  }

  /**
   * Starts a tap.
   *
   * @throws IOException when no port can be had
   */
  public static WireTap start(TapSettings settings) throws IOException {
    return startAt(0, settings);
  }

  /**
   * Starts a tap where one was before, so that clients find another server there.
   *
   * @param port of a tap that is closed; 0 for any
   * @throws IOException when the port cannot be had
   */
  public static WireTap startAt(int port, TapSettings settings) throws IOException {
    WireTap tap =
        new WireTap(settings, new ServerSocket(port, 256, InetAddress.getLoopbackAddress()));
    AcceptLoop.start("tap-accept", tap.listener, tap::open);
    return tap;
  }

  private void open(Socket client) {
    long now = System.nanoTime();
    lock.lock();
    try {
      TappedConnection connection = new TappedConnection(connections.size() + 1, now);
      TapRelay relay = new TapRelay(settings, client, connection);
      connections.add(connection);
      relays.add(relay);
      if (isClosed) {
        relay.reset();
      } else {
        Thread.ofVirtual().name("tap-" + connection.number()).start(relay::run);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Where clients connect to. */
  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /** The port that clients connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  /** All connections so far, in the order in which they came. */
  public List<TappedConnection> connections() {
    lock.lock();
    try {
      return List.copyOf(connections);
    } finally {
      lock.unlock();
    }
  }

  /** How many connections were turned away over a limit ({@link TappedConnection#isRefused}). */
  public int refused() {
    return (int) connections().stream().filter(TappedConnection::isRefused).count();
  }

  /** How often a command was sent, over all connections. */
  public int commands(String verb) {
    return connections().stream().mapToInt(connection -> connection.commands(verb)).sum();
  }

  /**
   * The greatest number of connections that the server had admitted at one time. A connection is
   * admitted from the server's first word to its FIN or a reset, unless it was refused.
   */
  public int mostAdmittedAtOnce() {
    List<TappedConnection> admitted =
        connections().stream().filter(connection -> !connection.isRefused()).toList();
    return admitted.stream()
        .map(TappedConnection::greetedNanos)
        .flatMapToLong(OptionalLong::stream)
        .mapToInt(nanos -> (int) admitted.stream().filter(it -> wasAdmitted(it, nanos)).count())
        .max()
        .orElse(0);
  }

  private static boolean wasAdmitted(TappedConnection connection, long nanos) {
    OptionalLong begun = connection.greetedNanos();
    OptionalLong ended = connection.endedNanos();
    return begun.isPresent()
        && begun.getAsLong() - nanos <= 0
        && (ended.isEmpty() || ended.getAsLong() - nanos > 0);
  }

  /**
   * Blocks until every connection so far is over.
   *
   * @throws AssertionError when one is open after {@code bound}
   */
  public void awaitAllEnded(Duration bound) {
    Await.until(bound, () -> "all connections over, but for: " + open(), () -> open().isEmpty());
  }

  private List<TappedConnection> open() {
    return connections().stream().filter(TappedConnection::isOpen).toList();
  }

  /**
   * Takes no more connections and resets those that are open. What was recorded stays readable.
   *
   * @throws IOException when the port cannot be closed
   */
  @Override
  public void close() throws IOException {
    List<TapRelay> left;
    lock.lock();
    try {
      isClosed = true;
      left = List.copyOf(relays);
    } finally {
      lock.unlock();
    }
    listener.close();
    left.forEach(TapRelay::reset);
  }
}
