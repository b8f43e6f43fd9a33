package dev.berth.interop;

import dev.berth.testkit.PeerSettings;
import dev.berth.testkit.WanLink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A tapped server at the other end of a line, if there is one. The tap is on the server's side. */
final class FarServer implements AutoCloseable {
  private final Server server;
  private final Optional<WanLink> link;

  private FarServer(Server server, Optional<WanLink> link) {
    this.server = server;
    this.link = link;
  }

  /** Starts the server of a row. */
  static FarServer start(ClientRow row) throws IOException {
    PeerSettings settings = row.settings();
    Server server = Server.start(row.kind(), settings);
    try {
      if (row.way().line().isEmpty()) {
        return new FarServer(server, Optional.empty());
      }
      WanLink link = WanLink.start(server.tap().address(), row.way().line().get());
      return new FarServer(server, Optional.of(link));
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  Server server() {
    return server;
  }

  /** The address of a path on it; percent-encoded and absolute. */
  String url(String path) {
    InetSocketAddress address = link.map(WanLink::address).orElse(server.tap().address());
    return Server.url(address, path);
  }

  /** How many connections were turned away: by its log or the tap, each may miss one. */
  int refused() throws IOException {
    return Math.max(server.tap().refused(), server.peer().refusals());
  }

  int attempts() {
    return server.tap().connections().size();
  }

  @Override
  public void close() throws IOException {
    try (server) {
      if (link.isPresent()) {
        link.get().close();
      }
    }
  }
}
