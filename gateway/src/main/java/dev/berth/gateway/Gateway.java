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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The backend of a gateway: who logs in is served by one of the servers behind, over connections
 * that all its clients of one account share. Opened and closed by the program; many sessions call
 * it at once.
 *
 * <p>Passwords are the servers' own: the first login of an account goes to its server, later ones
 * are compared with what was right lately.
 */
public final class Gateway implements Backend, Closeable {
  /** curl waits 60 s for the reply to PASS, and FileZilla 20, twice. */
  private static final Duration LOGIN_WAIT = Duration.ofSeconds(50);

  private final GatewaySettings settings;
  private final List<Upstream> upstreams;
  private final Routes routes;
  private final Watchdog watchdog;
  private final Closer closer;
  private final BufferShelf buffers = new BufferShelf();

  private Gateway(
      GatewaySettings settings,
      List<Upstream> upstreams,
      Routes routes,
      Watchdog watchdog,
      Closer closer) {
    this.settings = settings;
    this.upstreams = upstreams;
    this.routes = routes;
    this.watchdog = watchdog;
    this.closer = closer;
  }

  /**
   * A gateway without a connection yet.
   *
   * @throws IOException if the folder of a spool cannot be used
   * @throws IllegalStateException if a budget is to be shared, and this program does so already for
   *     the same server
   */
  public static Gateway open(GatewaySettings settings, GatewayTerms terms) throws IOException {
    Closer closer = new Closer();
    Map<String, Upstream> upstreams = new LinkedHashMap<>();
    Watchdog watchdog = closer.register(Watchdog.start());
    boolean opened = false;
    try {
      for (UpstreamSettings upstream : settings.upstreams()) {
        upstreams.put(
            upstream.name(),
            closer.register(Upstream.open(upstream, terms, settings.loginMemory())));
      }
      opened = true;
    } finally {
      if (!opened) {
        closeQuietly(closer);
      }
    }
    Optional<Upstream> usual =
        switch (settings.usual()) {
          case GatewaySettings.Usual.Nowhere nowhere -> Optional.empty();
          case GatewaySettings.Usual.Upstream(String name) ->
              Optional.ofNullable(upstreams.get(name));
        };
    return new Gateway(
        settings, List.copyOf(upstreams.values()), new Routes(upstreams, usual), watchdog, closer);
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
    Optional<Routes.Route> route = routes.of(request.user(), request.host());
    if (route.isEmpty()) {
      return new Login.Denied("unknown-upstream");
    }
    Upstream upstream = route.get().upstream();
    Upstream.Entry entry =
        upstream.enter(route.get().user(), request.password().text(), Deadline.after(LOGIN_WAIT));
    return switch (entry) {
      case Upstream.Entry.In(UpstreamAccount account) ->
          new Login.Relayed(
              new RelaySession(account, settings, watchdog, buffers),
              account.user() + "@" + upstream.name());
      case Upstream.Entry.Refused(String reason) -> new Login.Denied(reason);
      case Upstream.Entry.Later(String reason) -> new Login.Busy(reason);
      case Upstream.Entry.NotAsked(String reason) -> new Login.Busy(reason);
    };
  }

  /** Of the usual upstream as a login has shown it last, or else what every server has. */
  @Override
  public Optional<List<String>> featuresBehind() {
    return Optional.of(
        FeatureText.of(routes.usual().flatMap(Upstream::features).orElse(FeatureText.COMMON)));
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
