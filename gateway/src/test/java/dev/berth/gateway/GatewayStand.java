package dev.berth.gateway;

import dev.berth.client.ConnectSettings;
import dev.berth.client.TlsUse;
import dev.berth.pool.PoolSettings;
import dev.berth.session.Front;
import dev.berth.testkit.RawClient;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

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
    try {
      return new GatewayStand(gateway, Fronts.lenient(gateway, "main", "side"));
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
