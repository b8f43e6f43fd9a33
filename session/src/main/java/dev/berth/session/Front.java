package dev.berth.session;

import dev.berth.admission.Admission;
import dev.berth.admission.LoginGuard;
import dev.berth.lifetime.Closer;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Scope;
import dev.berth.lifetime.Watchdog;
import dev.berth.transport.TlsServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * All that faces clients: listeners, and the sessions that come of them. Opened and closed by the
 * program; any thread may call it.
 */
public final class Front implements Closeable {
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  /** Connections that wait for their accept: a burst of clients is not refused by the system. */
  private static final int BACKLOG = 1024;

  private final Service service;
  private final Sessions sessions;
  private final List<Reception> receptions;
  private final Closer closer;

  private Front(Service service, Sessions sessions, List<Reception> receptions, Closer closer) {
    this.service = service;
    this.sessions = sessions;
    this.receptions = receptions;
    this.closer = closer;
  }

  /**
   * Listens, and serves whoever comes.
   *
   * @param listeners at least one
   * @param tls the server's side of TLS; without it no listener may want it
   * @throws IOException if an address cannot be listened on; then none is
   */
  public static Front open(
      List<ListenerSettings> listeners,
      FrontSettings settings,
      Backend backend,
      Admission admission,
      LoginGuard guard,
      Optional<TlsServer> tls)
      throws IOException {
    List<ServerSocketChannel> channels = new ArrayList<>();
    Closer closer = new Closer();
    try {
      for (ListenerSettings listener : listeners) {
        channels.add(closer.register(ServerSocketChannel.open()).bind(listener.address(), BACKLOG));
      }
      return open(listeners, channels, settings, backend, admission, guard, tls);
    } catch (IOException | RuntimeException e) {
      closer.close();
      throw e;
    }
  }

  /**
   * As above, on sockets that listen already: systemd hands them over.
   *
   * @param channels one for each listener, in blocking mode; closed with this
   */
  public static Front open(
      List<ListenerSettings> listeners,
      List<ServerSocketChannel> channels,
      FrontSettings settings,
      Backend backend,
      Admission admission,
      LoginGuard guard,
      Optional<TlsServer> tls)
      throws IOException {
    return open(listeners, channels, settings, backend, admission, guard, tls, Anteroom.LINE_EVERY);
  }

  /**
   * As above.
   *
   * @param lineEvery how often who waits gets a line
   */
  static Front open(
      List<ListenerSettings> listeners,
      List<ServerSocketChannel> channels,
      FrontSettings settings,
      Backend backend,
      Admission admission,
      LoginGuard guard,
      Optional<TlsServer> tls,
      Duration lineEvery) {
    checkTls(listeners, tls);
    Closer closer = new Closer();
    Watchdog watchdog = closer.register(Watchdog.start());
    Scope scope = new Scope("sessions", CLOSE_WITHIN);
    closer.register(scope::close);
    Service service =
        new Service(
            backend,
            admission,
            guard,
            new AtomicReference<>(settings),
            tls,
            watchdog,
            scope,
            new BufferShelf(),
            new LongAdder(),
            new StormLog(scope));
    Sessions sessions = new Sessions();
    List<Reception> receptions = new ArrayList<>();
    for (int i = 0; i < listeners.size(); i++) {
      Reception reception =
          new Reception(service, sessions, listeners.get(i), channels.get(i), lineEvery);
      receptions.add(closer.register(reception));
    }
    for (Reception reception : receptions) {
      scope.forkPlatform("accept-" + reception.listener().name(), reception::acceptAll);
    }
    closer.register(sessions::killAll);
    return new Front(service, sessions, List.copyOf(receptions), closer);
  }

  private static void checkTls(List<ListenerSettings> listeners, Optional<TlsServer> tls) {
    for (ListenerSettings listener : listeners) {
      if (listener.tls().isRequired() && tls.isEmpty()) {
        throw new IllegalArgumentException(
            "listener " + listener.name() + " requires TLS, and there is no certificate");
      }
    }
  }

  /** Where it listens, in the order of the listeners. */
  public List<InetSocketAddress> addresses() throws IOException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (Reception reception : receptions) {
      addresses.add(reception.address());
    }
    return addresses;
  }

  /** How many clients were turned away so far, at accept or at the login. */
  public long refused() {
    return service.refused().sum();
  }

  /** Leads sessions by other settings from now on, those that run too. */
  public void reload(FrontSettings settings) {
    service.current().set(settings);
  }

  /**
   * Lets nobody in any more, and everybody end: who is idle is told so at once, who transfers when
   * that is done.
   *
   * @param reason for the clients: a clause without a stop at its end
   * @return whether all have ended by the deadline; the rest goes on until {@link #close}
   */
  public boolean drain(String reason, Deadline deadline) throws IOException, InterruptedException {
    for (Reception reception : receptions) {
      reception.close();
    }
    service.admission().drain(reason);
    sessions.wakeAll(Farewell.drained(reason));
    return sessions.awaitNone(deadline);
  }

  /** Ends everything at once. */
  @Override
  public void close() throws IOException {
    closer.close();
  }
}
