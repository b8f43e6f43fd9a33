package dev.berth.interop;

import dev.berth.client.ConnectSettings;
import dev.berth.client.TlsUse;
import dev.berth.gateway.Gateway;
import dev.berth.gateway.GatewaySettings;
import dev.berth.gateway.GatewayTerms;
import dev.berth.gateway.PasswordCheck;
import dev.berth.gateway.UpstreamSettings;
import dev.berth.limits.LimitSettings;
import dev.berth.pool.PoolSettings;
import dev.berth.testkit.RawClient;
import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Our gateway on loopback, in this process, before one server.
 *
 * @param front what clients come to
 */
record OurGateway(Gateway gateway, OurServer front) implements AutoCloseable {
  /** Starts it before a server, whose limit it knows. */
  static OurGateway before(Server server, int limit) throws IOException {
    return before(server, LimitSettings.standard().withConfigured(limit));
  }

  /** Starts it before a server. */
  static OurGateway before(Server server, LimitSettings limits) throws IOException {
    return before(server.tap().address(), limits);
  }

  /** Starts it before whatever is at an address of this host. */
  static OurGateway before(InetSocketAddress server, LimitSettings limits) throws IOException {
    return before(server, limits, TlsUse.OFF);
  }

  /** Starts it before whatever is at an address of this host, and has any certificate. */
  static OurGateway before(InetSocketAddress server, LimitSettings limits, TlsUse use)
      throws IOException {
    ConnectSettings connect =
        new ConnectSettings(
            "127.0.0.1",
            server.getPort(),
            use,
            Tls.of(Trust.any(), "127.0.0.1"),
            Source.any(),
            Duration.ofSeconds(30));
    UpstreamSettings upstream = UpstreamSettings.usual("acme", connect, limits);
    GatewaySettings settings =
        new GatewaySettings(
            List.of(upstream),
            new GatewaySettings.Usual.Upstream("acme"),
            GatewaySettings.TRANSFER_WAIT,
            GatewaySettings.COMMAND_WAIT,
            GatewaySettings.LOGIN_MEMORY);
    return start(settings);
  }

  /** Starts one of any settings. */
  static OurGateway start(GatewaySettings settings) throws IOException {
    Gateway gateway =
        Gateway.open(
            settings,
            new GatewayTerms(new PoolSettings.Memory.None(), new PoolSettings.Neighbours.None()));
    try {
      return new OurGateway(gateway, OurServer.start(gateway));
    } catch (IOException | RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  /** Starts one whose users may try passwords as often as they like. */
  static OurGateway startUnguarded(GatewaySettings settings, PasswordCheck passwords)
      throws IOException {
    Gateway gateway =
        Gateway.open(
            settings,
            new GatewayTerms(new PoolSettings.Memory.None(), new PoolSettings.Neighbours.None()),
            passwords);
    try {
      return new OurGateway(gateway, OurServer.startUnguarded(gateway));
    } catch (IOException | RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  int port() throws IOException {
    return front.port();
  }

  InetSocketAddress address() throws IOException {
    return new InetSocketAddress("127.0.0.1", port());
  }

  /** A client in literal bytes, logged in. */
  RawClient client() throws IOException {
    return RawClient.loggedIn(address(), Server.USER, Server.PASSWORD);
  }

  @Override
  public void close() throws IOException {
    try (gateway) {
      front.close();
    }
  }
}
