package dev.berth.session;

import dev.berth.lifetime.Deadline;
import dev.berth.transport.AcceptedControl;
import dev.berth.transport.ActivePort;
import dev.berth.transport.DataConnection;
import dev.berth.transport.DataListener;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the next data connection comes from, or goes to. Confined to the session's thread.
 *
 * <p>Each door is good for one connection: another client could otherwise come through one that was
 * left open.
 */
final class DataDoor implements Closeable {
  /** What the client has asked for. */
  private sealed interface Way {
    /** Nothing yet, or it is used up. */
    record Shut() implements Way {}

    /** PASV or EPSV: the client connects. */
    record Passive(DataListener listener) implements Way {}

    /** PORT or EPRT: we connect. */
    record Active(InetSocketAddress address) implements Way {}
  }

  private final AcceptedControl control;
  private Way way = new Way.Shut();
  private int unused; // ports in a row

  DataDoor(AcceptedControl control) {
    this.control = control;
  }

  boolean isShut() {
    return way instanceof Way.Shut;
  }

  void passive(DataListener listener) throws IOException {
    close();
    unused++;
    way = new Way.Passive(listener);
  }

  void active(InetSocketAddress address) throws IOException {
    close();
    way = new Way.Active(address);
  }

  /** How many ports were opened since the last one that was to be used. */
  int unused() {
    return unused;
  }

  /**
   * The data connection, if it can be had without waiting.
   *
   * @throws IOException if the door is closed by a fault of the network
   */
  Optional<DataConnection> openNow(Duration stall) throws IOException {
    if (!(way instanceof Way.Passive(DataListener listener))) {
      return Optional.empty();
    }
    Optional<DataConnection> caller = listener.acceptNow(stall);
    if (caller.isPresent()) {
      unused = 0;
      way = new Way.Shut();
    }
    return caller;
  }

  /**
   * Waits for the data connection.
   *
   * @param from the port of ours, in active mode
   * @param abort gets what ends the wait when it is closed
   * @throws IOException if it does not come in time, or cannot be made
   */
  DataConnection open(ActivePort from, Consumer<Closeable> abort, Duration stall, Deadline deadline)
      throws IOException {
    Way asked = way;
    unused = 0;
    way = new Way.Shut();
    return switch (asked) {
      case Way.Shut shut -> throw new IllegalStateException("no address for a data connection");
      case Way.Passive(DataListener listener) -> {
        abort.accept(listener);
        yield listener.accept(stall, deadline);
      }
      case Way.Active(InetSocketAddress address) ->
          control.connectData(from, address, stall, deadline, abort);
    };
  }

  /**
   * Closes a port that was opened for a transfer which came to nothing before its data connection:
   * nobody shall wait at it, nor come through it later. An address of the client's stays.
   */
  void shutPort() throws IOException {
    if (way instanceof Way.Passive) {
      close();
    }
  }

  /**
   * The data connection of a transfer that has come to nothing, to be ended; the door is shut then.
   * A client that was to connect and has not is not awaited: it finds nobody.
   *
   * @param from the port of ours, in active mode
   * @throws IOException if it cannot be made, or the door is closed by a fault of the network
   */
  Optional<DataConnection> openToEnd(ActivePort from, Duration stall, Deadline deadline)
      throws IOException {
    if (way instanceof Way.Active) {
      return Optional.of(open(from, nobody -> {}, stall, deadline));
    }
    try {
      return openNow(stall);
    } finally {
      close();
    }
  }

  @Override
  public void close() throws IOException {
    Way open = way;
    way = new Way.Shut();
    if (open instanceof Way.Passive(DataListener listener)) {
      listener.close();
    }
  }
}
