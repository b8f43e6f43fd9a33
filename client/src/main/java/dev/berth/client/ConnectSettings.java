package dev.berth.client;

import dev.berth.transport.Source;
import dev.berth.transport.Tls;
import dev.berth.transport.Trust;
import java.time.Duration;

/**
 * Where and how connections are made: the same for all connections of a pool.
 *
 * @param host name or address of the server, as the user gave it
 * @param port 1 to 65535
 * @param tlsUse whether TLS is used
 * @param tls whose certificates are believed, for when it is
 * @param source the local address of control and data connections
 * @param timeout how long the server may take to accept, to answer, to move the next byte
 * @param data how data connections come about
 * @param account for a server that asks for one
 * @param virtualHost which of the hosts at this address
 */
public record ConnectSettings(
    String host,
    int port,
    TlsUse tlsUse,
    Tls tls,
    Source source,
    Duration timeout,
    DataSettings data,
    LoginAccount account,
    VirtualHost virtualHost) {
  public ConnectSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("no host");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a timeout is positive: " + timeout);
    }
  }

  /** With data connections as they go on most servers, no account and no virtual host. */
  public ConnectSettings(
      String host, int port, TlsUse tlsUse, Tls tls, Source source, Duration timeout) {
    this(
        host,
        port,
        tlsUse,
        tls,
        source,
        timeout,
        DataSettings.standard(),
        new LoginAccount.None(),
        new VirtualHost.Unnamed());
  }

  /**
   * As most servers want it: TLS where the server offers it, with a certificate that the JDK's
   * authorities vouch for; 30 s for each answer.
   *
   * @param host name or address
   * @param port 1 to 65535; 21 mostly
   */
  public static ConnectSettings of(String host, int port) {
    return new ConnectSettings(
        host,
        port,
        TlsUse.AUTO,
        Tls.of(Trust.system(), host),
        Source.any(),
        Duration.ofSeconds(30));
  }

  /** The same with other data connections. */
  public ConnectSettings with(DataSettings other) {
    return new ConnectSettings(
        host, port, tlsUse, tls, source, timeout, other, account, virtualHost);
  }

  /** The same with an account. */
  public ConnectSettings with(LoginAccount other) {
    return new ConnectSettings(host, port, tlsUse, tls, source, timeout, data, other, virtualHost);
  }

  /** The same with a virtual host. */
  public ConnectSettings with(VirtualHost other) {
    return new ConnectSettings(host, port, tlsUse, tls, source, timeout, data, account, other);
  }

  /** As people write it: {@code ftp.example.com:21}. */
  public String server() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
