package dev.berth.monitor;

import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The port of this host at which operators and their programs ask a gateway how it is, and order a
 * few things. Opened and closed by the program.
 *
 * <p>Invariant: a request holds nothing of the gateway while it is read or answered; what it tells
 * is taken from one snapshot before the first byte goes out.
 */
public final class Monitor implements Closeable {
  private static final Logger LOG = System.getLogger(Monitor.class.getName());
  private static final int BACKLOG = 64;

  private final HttpServer server;
  private final RunningGateway note;
  private final Path file;

  private Monitor(HttpServer server, RunningGateway note, Path file) {
    this.server = server;
    this.note = note;
    this.file = file;
  }

  /**
   * As {@link #open}; where that fails an operator is told, and the gateway does without: clients
   * do not need it.
   */
  public static Optional<Monitor> openIfPossible(
      InetSocketAddress address, Path stateFolder, List<String> listeners, Watched watched) {
    try {
      Monitor monitor = open(address, stateFolder, listeners, watched);
      LOG.log(Level.INFO, "event=admin-listening address={0}", monitor.note.address());
      return Optional.of(monitor);
    } catch (IOException e) {
      LOG.log(
          Level.WARNING, "event=admin-failed why=\"{0}\"", String.valueOf(e).replace('"', '\''));
      return Optional.empty();
    }
  }

  /**
   * Listens, and writes where and with what secret into the state folder, for this user alone.
   *
   * @param address of this host; port 0 takes a free one
   * @param listeners where clients are awaited, as the note is to tell
   * @throws IllegalArgumentException if others could reach the address
   * @throws IOException if it cannot be listened on, or the note not be written; then nothing is
   *     open
   */
  public static Monitor open(
      InetSocketAddress address, Path stateFolder, List<String> listeners, Watched watched)
      throws IOException {
    if (!address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(address + " is no address of this host alone");
    }
    HttpBounds.set();
    String secret = secret();
    HttpServer server = HttpServer.create(address, BACKLOG);
    try {
      AtomicLong requests = new AtomicLong();
      server.setExecutor(
          task -> Thread.ofVirtual().name("admin-" + requests.incrementAndGet()).start(task));
      server.createContext("/", new Desk(watched, secret));
      RunningGateway note = RunningGateway.ofThisProcess(server.getAddress(), secret, listeners);
      Path file = note.write(stateFolder);
      server.start();
      return new Monitor(server, note, file);
    } catch (IOException | RuntimeException e) {
      server.stop(0);
      throw e;
    }
  }

  private static String secret() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** How it is found and asked. */
  public RunningGateway note() {
    return note;
  }

  /** Ends at once; the note is gone. */
  @Override
  public void close() throws IOException {
    server.stop(0);
    RunningGateway.erase(file);
  }
}
