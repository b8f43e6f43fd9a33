package dev.berth.transport;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How a server does TLS: who it shows itself to be, and in which versions. Clients are asked for no
 * certificate. One for each listening address, or one for all; any thread may use it.
 */
public final class TlsServer {
  private final AtomicReference<Identity> identity;
  private final Set<Tls.Version> versions;

  private TlsServer(Identity identity, Set<Tls.Version> versions) {
    this.identity = new AtomicReference<>(identity);
    this.versions = versions;
  }

  /** In all versions that are still sound. */
  public static TlsServer of(Identity identity) {
    return of(identity, EnumSet.allOf(Tls.Version.class));
  }

  /**
   * In some versions.
   *
   * @param versions at least one
   */
  public static TlsServer of(Identity identity, Set<Tls.Version> versions) {
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("no version of TLS allowed");
    }
    return new TlsServer(identity, Set.copyOf(versions));
  }

  /**
   * Shows another certificate from now on, as after a renewal. A control connection that is in TLS
   * already goes on with the old one, and so do its data connections.
   */
  public void replace(Identity renewed) {
    identity.set(renewed);
  }

  /** Who it shows itself to be. */
  public Identity identity() {
    return identity.get();
  }

  /** The sessions of one control connection, nobody's yet. */
  ServerSessions newSessions() throws IOException {
    return new ServerSessions(identity.get(), versions);
  }
}
