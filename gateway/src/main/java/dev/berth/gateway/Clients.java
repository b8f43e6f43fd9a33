package dev.berth.gateway;

import dev.berth.lifetime.SteadyClock;
import dev.berth.session.LoginRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who is here. Any thread. */
final class Clients {
  private final SteadyClock clock = SteadyClock.startingNow();
  private final Set<Client> present = ConcurrentHashMap.newKeySet();

  /**
   * Somebody wants to log in; to be closed at the end of the session, or if nothing comes of it.
   */
  Client enter(LoginRequest request, String user, Upstream upstream) {
    Client client = new Client(this, request, user, upstream);
    present.add(client);
    return client;
  }

  void leave(Client client) {
    present.remove(client);
  }

  /** In the order of their sessions. */
  List<Client> present() {
    return present.stream().sorted(Comparator.comparingLong(Client::session)).toList();
  }

  Instant now() {
    return clock.instant();
  }
}
