package dev.berth.gateway;

import dev.berth.admission.Admission;
import dev.berth.admission.GuardRules;
import dev.berth.admission.LoginGuard;
import dev.berth.admission.Network;
import dev.berth.admission.Rules;
import dev.berth.client.ConnectSettings;
import dev.berth.client.TlsUse;
import dev.berth.lifetime.SteadyClock;
import dev.berth.pool.PoolSettings;
import dev.berth.session.Front;
import dev.berth.session.FrontSettings;
import dev.berth.session.ListenerSettings;
import dev.berth.testkit.RawClient;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A gateway with two listeners, {@code main} and {@code side}, which holds no failed login against
 * anybody.
 */
record GatewayStand(Gateway gateway, Front front) implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(30);

  private static final Trust TRUST = Trust.system(); // One for all: no two are equal.
  private static final GatewayTerms ALONE =
      new GatewayTerms(new PoolSettings.Memory.None(), new PoolSettings.Neighbours.None());

  static GatewayStand start(Gateway gateway) throws IOException {
    InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
    GuardRules usual = GuardRules.standard();
    GuardRules lenient =
        new GuardRules(
            usual.prefixes(),
            List.of(Network.parse("127.0.0.0/8")),
            usual.window(),
            usual.firstDelay(),
            usual.longestDelay(),
            usual.failures(),
            usual.ban(),
            usual.mostPrefixes());
    try {
      Front front =
          Front.open(
              List.of(ListenerSettings.plain("main", any), ListenerSettings.plain("side", any)),
              FrontSettings.usual(),
              gateway,
              new Admission(Rules.standard(), SteadyClock.startingNow()),
              new LoginGuard(lenient, SteadyClock.startingNow()),
              Optional.empty());
      return new GatewayStand(gateway, front);
    } catch (IOException | RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  static GatewayStand start(GatewaySettings.Usual usual, UpstreamSettings... upstreams)
      throws IOException {
    return start(Gateway.open(settings(usual, upstreams), ALONE));
  }

  static GatewaySettings settings(GatewaySettings.Usual usual, UpstreamSettings... upstreams) {
    return new GatewaySettings(List.of(upstreams), usual, LONG, LONG, GatewaySettings.LOGIN_MEMORY);
  }

  /** How a server on loopback is reached. */
  static ConnectSettings at(int port) {
    return new ConnectSettings(
        "127.0.0.1", port, TlsUse.OFF, Tls.of(TRUST, "127.0.0.1"), Source.any(), LONG);
  }

  /** Somebody who comes by the first listener, or by the second. */
  RawClient client(int listener) throws IOException {
    RawClient client = RawClient.connect(front.addresses().get(listener));
    client.expect("220");
    return client;
  }

  RawClient loggedIn(String user, String password) throws IOException {
    return client(0).logIn(user, password);
  }

  @Override
  public void close() throws IOException {
    try (gateway) {
      front.close();
    }
  }
}
