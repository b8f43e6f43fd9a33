package dev.berth.gateway;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a login goes. Nowhere but to one of the upstreams: what names something else is a user
 * name, for many of these are mail addresses.
 */
final class Routes {
  private final Map<String, Upstream> byName = new LinkedHashMap<>(); // in lower case
  private final GatewaySettings.Usual usual;

  /**
   * A login on its way.
   *
   * @param user as the server is to see it
   */
  record Route(Upstream upstream, String user) {}

  /**
   * Each upstream can be named by its name, and by its address, with its port or without it where
   * no other has that host.
   */
  Routes(Map<String, Upstream> upstreams, GatewaySettings.Usual usual) {
    this.usual = usual;
    Set<String> shared = new HashSet<>();
    for (Upstream upstream : upstreams.values()) {
      String host = upstream.host().toLowerCase(Locale.ROOT);
      if (byName.putIfAbsent(host, upstream) != null) {
        shared.add(host);
      }
    }
    byName.keySet().removeAll(shared);
    for (Upstream upstream : upstreams.values()) {
      byName.put(upstream.place().toLowerCase(Locale.ROOT), upstream);
    }
    for (Upstream upstream : upstreams.values()) {
      byName.put(upstream.name().toLowerCase(Locale.ROOT), upstream);
    }
  }

  /**
   * The way of a user name.
   *
   * @param text {@code user}, {@code user@upstream}, {@code user@host:port} or {@code user@host
   *     port}: what is behind the last {@code @} is the upstream if there is such a one
   * @param listener by which the client has come
   * @param host what the client has named before, by HOST, OPEN or SITE; empty if nothing. If there
   *     is no such upstream no plain name leads anywhere
   */
  Optional<Route> of(String text, String listener, String host) {
    int at = text.lastIndexOf('@');
    if (at > 0) {
      Optional<Upstream> named = named(text.substring(at + 1).strip().replace(' ', ':'));
      if (named.isPresent()) {
        return Optional.of(new Route(named.get(), text.substring(0, at)));
      }
    }
    return usual(listener, host).map(upstream -> new Route(upstream, text));
  }

  /** Where plain user names go. */
  Optional<Upstream> usual(String listener, String host) {
    return host.isEmpty() ? usual.of(listener).flatMap(this::named) : named(host);
  }

  /** The upstream of a name, or of an address. */
  Optional<Upstream> named(String name) {
    return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
  }
}
