package dev.berth.interop;

import dev.berth.testkit.Account;
import dev.berth.testkit.Peer;
import dev.berth.testkit.PeerKind;
import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.Peers;
import dev.berth.testkit.TapSettings;
import dev.berth.testkit.WireTap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A real server with a tap in front of it. The program is sent to the tap.
 *
 * @param peer the server
 * @param tap what sees the control connections
 */
record Server(Peer peer, WireTap tap) implements AutoCloseable {
  static final String USER = Account.USER;
  static final String PASSWORD = Account.PASSWORD;

  /** Starts a server of a kind. */
  static Server start(PeerKind kind, PeerSettings settings) throws IOException {
    return start(kind, settings, tap -> tap);
  }

  /** Starts a server of a kind behind a tap that does something. */
  static Server start(PeerKind kind, PeerSettings settings, UnaryOperator<TapSettings> faults)
      throws IOException {
    Peer peer = Peers.start(kind, settings);
    try {
      return new Server(peer, WireTap.start(faults.apply(TapSettings.to(peer.address()))));
    } catch (IOException | RuntimeException e) {
      peer.close();
      throw e;
    }
  }

  /** The address of a path on it, through the tap. The path is percent-encoded and absolute. */
  String url(String path) {
    return url("ftp", path);
  }

  /** As {@link #url(String)}, with a scheme. */
  String url(String scheme, String path) {
    return "%s://%s@127.0.0.1:%d/%s".formatted(scheme, USER, tap.port(), path);
  }

  /** The address of a path on nobody's port, or on some port. */
  static String url(InetSocketAddress address, String path) {
    return "ftp://%s@127.0.0.1:%d/%s".formatted(USER, address.getPort(), path);
  }

  /** What its user sees under {@code /}. */
  Path root() {
    return peer.root();
  }

  @Override
  public void close() throws IOException {
    try (peer) {
      tap.close();
    }
  }

  @Override
  public String toString() {
    return peer.kind().toString();
  }
}
