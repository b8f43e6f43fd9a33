package dev.berth.gateway;

import dev.berth.lifetime.Closer;
import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Watchdog;
import dev.berth.session.Backend;
import dev.berth.session.BufferShelf;
import dev.berth.session.Login;
import dev.berth.session.LoginRequest;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The backend of a gateway: who logs in is served by one of the servers behind, over connections
 * that all its clients of one account share. Opened and closed by the program; many sessions call
 * it at once.
 *
 * <p>Passwords are the servers' own, unless an upstream has users of the gateway's ({@link
 * Logins}): the first login of an account goes to its server, later ones are compared with what was
 * right lately.
 */
public final class Gateway implements Backend, Closeable {
  /** curl waits 60 s for the reply to PASS, and FileZilla 20, twice. */
  private static final Duration LOGIN_WAIT = Duration.ofSeconds(50);

  private final GatewaySettings settings;
  private final Routes routes;
  private final Watchdog watchdog;
  private final Closer closer;
  private final BufferShelf buffers = new BufferShelf();
  private final Clients clients = new Clients();
  private final Instant since = clients.now();
  private final List<Upstream> upstreams;

  private Gateway(
      GatewaySettings settings, Map<String, Upstream> upstreams, Watchdog watchdog, Closer closer) {
    this.settings = settings;
    this.upstreams = List.copyOf(upstreams.values());
    this.routes = new Routes(upstreams, settings.usual());
    this.watchdog = watchdog;
    this.closer = closer;
  }

  /**
   * A gateway without a connection yet, and without users of its own.
   *
   * @throws IOException as below
   * @throws IllegalArgumentException if there are any
   * @throws IllegalStateException as below
   */
  public static Gateway open(GatewaySettings settings, GatewayTerms terms) throws IOException {
    for (UpstreamSettings upstream : settings.upstreams()) {
      if (upstream.clients().logins() instanceof Logins.Mapped) {
        throw new IllegalArgumentException("nobody judges passwords for " + upstream.name());
      }
    }
    return open(settings, terms, (password, hash) -> false);
  }

  /**
   * A gateway without a connection yet.
   *
   * @param passwords judges those of its own users
   * @throws IOException if the folder of a spool cannot be used
   * @throws IllegalStateException if a budget is to be shared, and this program does so already for
   *     the same server
   */
  public static Gateway open(GatewaySettings settings, GatewayTerms terms, PasswordCheck passwords)
      throws IOException {
    Closer closer = new Closer();
    Map<String, Upstream> upstreams = new LinkedHashMap<>();
    Watchdog watchdog = closer.register(Watchdog.start());
    GivingWay givingWay = new GivingWay(settings.transferWait(), settings.commandWait());
    boolean opened = false;
    try {
      for (UpstreamSettings upstream : settings.upstreams()) {
        upstreams.put(
            upstream.name(),
            closer.register(
                Upstream.open(upstream, terms, settings.loginMemory(), passwords, givingWay)));
      }
      opened = true;
    } finally {
      if (!opened) {
        closeQuietly(closer);
      }
    }
    return new Gateway(settings, upstreams, watchdog, closer);
  }

  private static void closeQuietly(Closer closer) {
    try {
      closer.close();
    } catch (IOException e) {
      throw new IllegalStateException("what was opened could not be closed", e);
    }
  }

  @Override
  public Login login(LoginRequest request) throws IOException, InterruptedException {
    Optional<Routes.Route> route = routes.of(request.user(), request.listener(), request.host());
    if (route.isEmpty()) {
      return new Login.Denied("unknown-upstream");
    }
    Upstream upstream = route.get().upstream();
    Client client = clients.enter(request, route.get().user(), upstream);
    boolean isIn = false;
    try {
      Upstream.Entry entry =
          upstream.enter(
              route.get().user(),
              request.password().text(),
              client.share(),
              Deadline.after(LOGIN_WAIT));
      isIn = entry instanceof Upstream.Entry.In;
      return login(entry, client);
    } finally {
      if (!isIn) {
        client.close();
      }
    }
  }

  private Login login(Upstream.Entry entry, Client client) {
    return switch (entry) {
      case Upstream.Entry.In(UpstreamAccount account) ->
          new Login.Relayed(
              new RelaySession(account, client, settings, watchdog, buffers), client.name());
      case Upstream.Entry.Refused(String reason) -> new Login.Denied(reason);
      case Upstream.Entry.Later(String reason) -> new Login.Busy(reason);
      case Upstream.Entry.NotAsked(String reason) -> new Login.Busy(reason);
    };
  }

  /**
   * From now on its own users are those of other settings, where they have the same upstreams. Who
   * is logged in stays so.
   */
  public void replaceUsers(GatewaySettings others) {
    for (UpstreamSettings other : others.upstreams()) {
      find(other.name()).ifPresent(it -> it.replaceUsers(other));
    }
  }

  /**
   * Of the upstream of plain user names, as a login has shown it last, or else what every server
   * has.
   */
  @Override
  public Optional<List<String>> featuresBehind(String listener, String host) {
    return Optional.of(
        FeatureText.of(
            routes.usual(listener, host).flatMap(Upstream::features).orElse(FeatureText.COMMON)));
  }

  @Override
  public Optional<Predicate<String>> hostsBehind() {
    return Optional.of(name -> routes.named(name).isPresent());
  }

  /** That as many wait for the upstream of plain user names as may. */
  @Override
  public Optional<String> turnsAway(String listener) {
    return routes
        .usual(listener, "")
        .filter(Upstream::isFull)
        .map(upstream -> "Too many wait for " + upstream.name() + " already: try again later.");
  }

  /** How it is now. */
  public GatewaySnapshot snapshot() {
    return Overview.of(upstreams, clients, since);
  }

  /**
   * Lends no connection of an upstream from now on, so that the server can be worked on: who has
   * one keeps it to the end of what it does, idle ones are closed, who waits goes on waiting, and
   * logins that are remembered still succeed. Blocks some seconds at the most.
   *
   * @param upstream its name
   * @throws IllegalArgumentException if there is no such upstream
   */
  public void pause(String upstream) {
    named(upstream).pools().pause();
  }

  /**
   * Lends again.
   *
   * @throws IllegalArgumentException as {@link #pause}
   */
  public void resume(String upstream) {
    named(upstream).pools().resume();
  }

  /**
   * Lends no connection again that is open now: idle ones are closed, the others when they come
   * back. Blocks some seconds at the most.
   *
   * @throws IllegalArgumentException as {@link #pause}
   */
  public void reconnect(String upstream) {
    named(upstream).pools().reconnect();
  }

  private Upstream named(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no upstream " + name));
  }

  private Optional<Upstream> find(String name) {
    return upstreams.stream().filter(it -> it.name().equalsIgnoreCase(name)).findFirst();
  }

  /**
   * Lets the deliveries of uploads that are under way end, and begins no other; what remains is for
   * the next start.
   *
   * @param deadline for all of them
   * @throws InterruptedException if the thread is interrupted
   */
  public void drain(Deadline deadline) throws InterruptedException {
    for (Upstream upstream : upstreams) {
      upstream.spools().drain(deadline);
    }
  }

  /** Ends all connections in order. The front is to be closed before. */
  @Override
  public void close() throws IOException {
    closer.close();
  }
}
