package dev.berth.daemon;

import dev.berth.monitor.Monitor;
import dev.berth.monitor.Watched;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** The port for operators, of a gateway that has one. Opened and closed by the program. */
final class Operators implements Closeable {
  private final Optional<Monitor> monitor;

  private Operators(Optional<Monitor> monitor) {
    this.monitor = monitor;
  }

  /**
   * Opens it where that is wanted.
   *
   * @param reloading asks for a reload
   */
  static Operators of(RunningServer server, ServeTerms terms, Runnable reloading)
      throws IOException {
    Optional<Watched> watched = server.watched(reloading);
    if (watched.isEmpty()
        || terms.stateFolder().isEmpty()
        || !(server.admin() instanceof Admin.At(InetSocketAddress address))) {
      return new Operators(Optional.empty());
    }
    List<String> listeners = server.addresses().stream().map(Doors::shown).toList();
    return new Operators(
        Monitor.openIfPossible(address, terms.stateFolder().getFirst(), listeners, watched.get()));
  }

  @Override
  public void close() throws IOException {
    if (monitor.isPresent()) {
      monitor.get().close();
    }
  }
}
