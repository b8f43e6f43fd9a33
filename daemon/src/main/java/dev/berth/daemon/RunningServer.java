package dev.berth.daemon;

import dev.berth.admission.Admission;
import dev.berth.admission.LoginGuard;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.SteadyClock;
import dev.berth.server.FileBackend;
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
  private final FileBackend backend;
  private final Admission admission;
  private final LoginGuard guard;
  private final Optional<TlsServer> tls;
  private Loaded loaded; // confined to the thread that reloads
  private final ServerSettings started; // with which it was opened

  private RunningServer(
      ServeRequest request,
      ServeTerms terms,
      InstantSource wallClock,
      Loaded loaded,
      List<ServerSocketChannel> doors)
      throws IOException {
    ServerSettings settings = loaded.settings();
    this.started = settings;
    SteadyClock clock = SteadyClock.startingNow();
    this.request = request;
    this.terms = terms;
    this.wallClock = wallClock;
    this.loaded = loaded;
    this.backend =
        new FileBackend(settings.files(), BoundedPasswordCheck.ofThisMachine(), loaded.accounts());
    this.admission = new Admission(settings.rules(), clock);
    this.guard = new LoginGuard(settings.guard(), clock);
    this.tls =
        loaded.identities().stream()
            .findFirst()
            .map(it -> TlsServer.of(it, Certificates.versions(settings.tls())));
    List<ListenerSettings> listeners =
        settings.listeners().stream().map(Listener::settings).toList();
    this.front = Front.open(listeners, doors, settings.front(), backend, admission, guard, tls);
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
    List<ServerSocketChannel> doors = Doors.open(loaded.settings().listeners());
    return new RunningServer(request, terms, wallClock, loaded, doors);
  }

  /** Where it listens, in the order of the listeners. */
  List<InetSocketAddress> addresses() throws IOException {
    return front.addresses();
  }

  ServerSettings settings() {
    return loaded.settings();
  }

  /** How many may log in. */
  int accounts() {
    return loaded.accounts().size();
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
    Loaded now = Loaded.load(request, terms, wallClock.instant(), loaded.accounts());
    backend.replace(now.accounts());
    front.reload(now.settings().front());
    admission.reload(now.settings().rules());
    guard.reload(now.settings().guard());
    // One that is made here stays: clients may have noted its fingerprint.
    if (!(now.settings().tls() instanceof TlsChoice.SelfSigned)) {
      replaceIdentity(now);
    }
    loaded = now;
    return unheard(started, now.settings());
  }

  private void replaceIdentity(Loaded now) {
    if (tls.isPresent() && !now.identities().isEmpty()) {
      tls.get().replace(now.identities().getFirst());
    }
  }

  /** What runs as it was at the start, whatever was read since. */
  private static List<String> unheard(ServerSettings before, ServerSettings now) {
    List<String> unheard = new ArrayList<>();
    if (!before.listeners().equals(now.listeners())) {
      unheard.add("listener");
    }
    if (!before.tls().getClass().equals(now.tls().getClass())
        || !Certificates.versions(before.tls()).equals(Certificates.versions(now.tls()))) {
      unheard.add("tls");
    }
    if (!before.files().equals(now.files())) {
      unheard.add("files");
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
    String look = Certificates.look(now.settings().tls());
    if (look.equals(now.look())) {
      return false;
    }
    // Noted first: a broken pair is told once, and looked at again when it changes again.
    loaded = new Loaded(now.settings(), now.accounts(), now.identities(), look);
    Optional<Identity> renewed = Certificates.load(now.settings().tls(), wallClock.instant());
    renewed.ifPresent(tls.get()::replace);
    return true;
  }

  /** Tidies homes; returns when to come again. */
  Instant maintain(Instant now) {
    try {
      return backend.maintain(now);
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
    return front.drain("the server is going down", Deadline.after(settings().drain()));
  }

  /** Ends everything at once. */
  @Override
  public void close() throws IOException {
    front.close();
  }
}
