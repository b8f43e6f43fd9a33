package dev.berth.session;

import dev.berth.admission.Admission;
import dev.berth.admission.Attendance;
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

  /** Programs make no longer pause between two commands. */
  private static final Duration SHORT_PAUSE = Duration.ofSeconds(5);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

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
      Duration lineEvery)
      throws IOException {
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
   * Ends one session: a transfer is broken off, and the client gets 421. Who waits for a backend is
   * told when it answers.
   *
   * @param session its number, as of the log and of {@link LoginRequest}
   * @param reason for the client: a clause without a stop at its end
   * @return whether there is such a session
   */
  public boolean end(long session, String reason) {
    Optional<Session> found = sessions.find(session);
    found.ifPresent(it -> it.stop(Farewell.stopped(reason)));
    return found.isPresent();
  }

  /**
   * Lets nobody in any more, and everybody end: who is idle is told so at once, who transfers when
   * that is done. Of a listener that shares its port with another process ({@code SO_REUSEPORT})
   * who has come already is let in first, and until half the time is over nobody is told who is not
   * idle for seconds: a short session ends by itself, and the next one is the other process's.
   *
   * @param reason for the clients: a clause without a stop at its end
   * @return whether all have ended by the deadline; the rest goes on until {@link #close}
   */
  public boolean drain(String reason, Deadline deadline) throws IOException, InterruptedException {
    boolean isHandedOver = false;
    for (Reception reception : receptions) {
      isHandedOver |= reception.sharesItsPort();
      reception.leave();
    }
    if (isHandedOver) {
      letFinish(Farewell.drained(reason), deadline);
    }
    service.admission().drain(reason);
    sessions.wakeAll(Farewell.drained(reason));
    return sessions.awaitNone(deadline);
  }

  /** Ends those alone that are idle for long, for half the time at the most. */
  private void letFinish(Farewell why, Deadline deadline) throws InterruptedException {
    Deadline half = Deadline.after(deadline.remaining().dividedBy(2));
    boolean areAllEnded = false;
    while (!areAllEnded && !half.isOver()) {
      Attendance now = service.admission().attendance();
      for (Attendance.Present present : now.present()) {
        if (present.doing() == Attendance.Doing.IDLE
            && !present.doingSince().plus(SHORT_PAUSE).isAfter(now.at())) {
          sessions.find(present.number()).ifPresent(session -> session.wake(why));
        }
      }
      areAllEnded = sessions.awaitNone(half.atMost(LOOK_EVERY));
    }
  }

  /** Ends everything at once. */
  @Override
  public void close() throws IOException {
    closer.close();
  }
}
