package dev.berth.daemon;

import dev.berth.admission.Network;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Opens the sockets on which clients are awaited. */
final class Doors {
  /** Connections that wait for their accept: a burst of clients is not refused by the system. */
  private static final int BACKLOG = 1024;

  private Doors() {}

  /**
   * Opens one for each listener, in their order.
   *
   * @throws IOException naming the listener that cannot be listened on; then none is open
   */
  static List<ServerSocketChannel> open(List<Listener> listeners) throws IOException {
    List<ServerSocketChannel> doors = new ArrayList<>();
    try {
      for (Listener listener : listeners) {
        doors.add(
            switch (listener.place()) {
              case Listener.Place.Inherited _ -> inherited(listener.name());
              case Listener.Place.Address(InetSocketAddress address) ->
                  bound(address, fitting(address), listener);
              case Listener.Place.Everywhere(int port) ->
                  bound(new InetSocketAddress(port), ServerSocketChannel.open(), listener);
            });
      }
      return doors;
    } catch (IOException | RuntimeException e) {
      for (ServerSocketChannel door : doors) {
        door.close();
      }
      throw e;
    }
  }

  private static ServerSocketChannel bound(
      InetSocketAddress address, ServerSocketChannel door, Listener listener) throws IOException {
    try {
      if (listener.sharesPort()) {
        share(door);
      }
      return door.bind(address, BACKLOG);
    } catch (SocketException e) {
      door.close();
      throw new IOException("cannot listen on " + shown(address) + ": " + reason(e, address), e);
    }
  }

  private static void share(ServerSocketChannel door) throws IOException {
    if (!door.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
      door.close();
      throw new IOException("this system does not let two processes share a port (reuse-port)");
    }
    door.setOption(StandardSocketOptions.SO_REUSEPORT, true);
  }

  /** Of IPv4 alone for an address of IPv4: 0.0.0.0 would else be every address of IPv6 too. */
  private static ServerSocketChannel fitting(InetSocketAddress address) throws IOException {
    return address.getAddress() instanceof Inet4Address
        ? ServerSocketChannel.open(StandardProtocolFamily.INET)
        : ServerSocketChannel.open();
  }

  private static String reason(SocketException failure, InetSocketAddress address) {
    String words = String.valueOf(failure.getMessage());
    boolean isPrivileged = address.getPort() > 0 && address.getPort() < 1024;
    if (isPrivileged && words.contains("Permission denied")) {
      return words
          + "; ports below 1024 need CAP_NET_BIND_SERVICE, or a socket of systemd"
          + " (address = \"inherited\")";
    }
    return failure instanceof BindException && words.contains("in use")
        ? words + "; another program listens there"
        : words;
  }

  private static ServerSocketChannel inherited(String listener) throws IOException {
    Channel channel = System.inheritedChannel();
    if (channel instanceof ServerSocketChannel door) {
      door.configureBlocking(true);
      return door;
    }
    throw new IOException(
        "listener "
            + listener
            + " is to be inherited, and standard input is no socket that listens;"
            + " in a unit of systemd: StandardInput=socket");
  }

  /** {@code 127.0.0.1:2121}, {@code [::1]:2121}. */
  static String shown(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    if (host instanceof Inet4Address) {
      return host.getHostAddress() + ":" + address.getPort();
    }
    return "[" + Network.of(host) + "]:" + address.getPort();
  }
}
