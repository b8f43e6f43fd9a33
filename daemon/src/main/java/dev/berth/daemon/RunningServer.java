package dev.berth.daemon;

import dev.berth.admission.Admission;
import dev.berth.admission.LoginGuard;
import dev.berth.lifetime.Closer;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.SteadyClock;
import dev.berth.monitor.Watched;
import dev.berth.session.Front;
import dev.berth.session.ListenerSettings;
import dev.berth.transport.Identity;
import dev.berth.transport.TlsServer;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server that runs: the modules behind it, wired. Opened, reloaded, drained and closed by one
 * thread; only {@link #maintain} may be called by another.
 */
final class RunningServer implements Closeable {
  private static final Logger LOG = System.getLogger(RunningServer.class.getName());

  private final ServeRequest request;
  private final ServeTerms terms;
  private final InstantSource wallClock;
  private final Front front;
  private final Service service;
  private final Admission admission;
  private final LoginGuard guard;
  private final Optional<TlsServer> tls;
  private Loaded loaded; // confined to the thread that reloads
  private final Reception started; // with which it was opened

  private RunningServer(
      ServeRequest request,
      ServeTerms terms,
      InstantSource wallClock,
      Loaded loaded,
      Service service,
      List<ServerSocketChannel> doors)
      throws IOException {
    Reception reception = loaded.reception();
    this.started = reception;
    SteadyClock clock = SteadyClock.startingNow();
    this.request = request;
    this.terms = terms;
    this.wallClock = wallClock;
    this.loaded = loaded;
    this.service = service;
    this.admission = new Admission(reception.rules(), clock);
    this.guard = new LoginGuard(reception.guard(), clock);
    this.tls =
        loaded.identities().stream()
            .findFirst()
            .map(it -> TlsServer.of(it, Certificates.versions(reception.tls())));
    List<ListenerSettings> listeners =
        reception.listeners().stream().map(Listener::settings).toList();
    this.front =
        Front.open(listeners, doors, reception.front(), service.backend(), admission, guard, tls);
  }

  /**
   * Reads what was set, listens, and serves.
   *
   * @param wallClock for certificates and files
   * @throws FaultySettings naming every fault; then nothing was started
   * @throws IOException if an address cannot be listened on; likewise
   */
  static RunningServer open(ServeRequest request, ServeTerms terms, InstantSource wallClock)
      throws FaultySettings, IOException {
    Loaded loaded = Loaded.load(request, terms, wallClock.instant(), List.of());
    Service service = Service.open(loaded.served());
    try {
      List<ServerSocketChannel> doors = Doors.open(loaded.reception().listeners());
      return new RunningServer(request, terms, wallClock, loaded, service, doors);
    } catch (IOException | RuntimeException e) {
      service.close();
      throw e;
    }
  }

  /** Where it listens, in the order of the listeners. */
  List<InetSocketAddress> addresses() throws IOException {
    return front.addresses();
  }

  Reception reception() {
    return loaded.reception();
  }

  /** How much is served, for the log: {@code accounts=3}. */
  String summary() {
    return loaded.served().summary();
  }

  /** As operators see it, if it is a gateway. */
  Optional<Watched> watched(Runnable reloading) {
    return service instanceof GatewayService it
        ? Optional.of(new WatchedGateway(it.gateway(), front, admission, reloading))
        : Optional.empty();
  }

  /** Where operators ask, as it was set at the start. */
  Admin admin() {
    return loaded.served() instanceof Served.Upstreams it ? it.admin() : new Admin.Off();
  }

  /** What is shown in TLS, if there is TLS. */
  Optional<Identity> identity() {
    return tls.map(TlsServer::identity);
  }

  /**
   * Reads everything again, and goes on with it. No session ends.
   *
   * @return what has changed and does not hold before a new start
   * @throws FaultySettings naming every fault; then all is as before
   */
  List<String> reload() throws FaultySettings {
    Loaded now = Loaded.load(request, terms, wallClock.instant(), loaded.served().accounts());
    List<String> unheard = unheard(started, now.reception());
    unheard.addAll(service.reload(now.served()));
    front.reload(now.reception().front());
    admission.reload(now.reception().rules());
    guard.reload(now.reception().guard());
    // One that is made here stays: clients may have noted its fingerprint.
    if (!(now.reception().tls() instanceof TlsChoice.SelfSigned)) {
      replaceIdentity(now);
    }
    loaded = now;
    return unheard;
  }

  private void replaceIdentity(Loaded now) {
    if (tls.isPresent() && !now.identities().isEmpty()) {
      tls.get().replace(now.identities().getFirst());
    }
  }

  /** What runs as it was at the start, whatever was read since. */
  private static List<String> unheard(Reception before, Reception now) {
    List<String> unheard = new ArrayList<>();
    if (!before.listeners().equals(now.listeners())) {
      unheard.add("listener");
    }
    if (!before.tls().getClass().equals(now.tls().getClass())
        || !Certificates.versions(before.tls()).equals(Certificates.versions(now.tls()))) {
      unheard.add("tls");
    }
    if (!before.pidFile().equals(now.pidFile())) {
      unheard.add("pid-file");
    }
    return unheard;
  }

  /**
   * Shows a renewed certificate if its files have changed since the last look.
   *
   * @return whether they have
   */
  boolean noticeCertificate() throws FaultySettings {
    if (tls.isEmpty()) {
      return false; // There was none at the start, and a reload brings none.
    }
    Loaded now = loaded;
    String look = Certificates.look(now.reception().tls());
    if (look.equals(now.look())) {
      return false;
    }
    // Noted first: a broken pair is told once, and looked at again when it changes again.
    loaded = new Loaded(now.reception(), now.served(), now.identities(), look);
    Optional<Identity> renewed = Certificates.load(now.reception().tls(), wallClock.instant());
    renewed.ifPresent(tls.get()::replace);
    return true;
  }

  /** Does what is due behind the sessions; returns when to come again. */
  Instant maintain(Instant now) {
    try {
      return service.maintain(now);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "event=maintenance-failed", e);
      return now.plusSeconds(3600);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "event=maintenance-failed", e);
      return now.plusSeconds(3600);
    }
  }

  /**
   * Lets nobody in any more, and everybody end.
   *
   * @return whether all have ended within the time set
   */
  boolean drain() throws IOException, InterruptedException {
    Deadline deadline = Deadline.after(reception().drain());
    boolean haveAllEnded = front.drain("the server is going down", deadline);
    service.drain(deadline);
    return haveAllEnded;
  }

  /** Ends everything at once. */
  @Override
  public void close() throws IOException {
    Closer closer = new Closer();
    closer.register(service);
    closer.register(front);
    closer.close();
  }
}
