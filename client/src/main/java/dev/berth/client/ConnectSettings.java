package dev.berth.client;

import dev.berth.transport.Source;
import dev.berth.transport.Tls;
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
 */
public record ConnectSettings(
    String host, int port, TlsUse tlsUse, Tls tls, Source source, Duration timeout) {
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

  /** As people write it: {@code ftp.example.com:21}. */
  public String server() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
