package dev.berth.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/**
 * A run of loopback ports for one server: one for its control connections, the rest for passive
 * data connections. They lie below the range from which Linux takes the ports of outgoing
 * connections (32768 and up), so that no client takes one by chance. The first port of the run
 * stays bound by us as the mark that the run is taken: that holds against other test runs on the
 * machine too, and ends with the process.
 */
final class PortBlock implements AutoCloseable {
  private static final int LOWEST = 10_240;
  private static final int BLOCKS = 44;
  private static final int SIZE = 512;

  private final ServerSocket mark;

  private PortBlock(ServerSocket mark) {
    this.mark = mark;
  }

  /**
   * Takes a free run, beginning the search at a place that differs from process to process.
   *
   * @throws IOException when none is free
   */
  static PortBlock take() throws IOException {
    int start = (int) (ProcessHandle.current().pid() * 31 % BLOCKS);
    for (int i = 0; i < BLOCKS; i++) {
      int first = LOWEST + (start + i) % BLOCKS * SIZE;
      Optional<ServerSocket> mark = isFree(first + 1) ? bind(first) : Optional.empty();
      if (mark.isPresent()) {
        return new PortBlock(mark.get());
      }
    }
    throw new IOException("no free run of " + SIZE + " loopback ports from " + LOWEST + " on");
  }

  private static Optional<ServerSocket> bind(int port) {
    try {
      return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    } catch (IOException taken) {
      return Optional.empty();
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  int control() {
    return mark.getLocalPort() + 1;
  }

  int lowestPassive() {
    return mark.getLocalPort() + 2;
  }

  int highestPassive() {
    return mark.getLocalPort() + SIZE - 1;
  }

  @Override
  public void close() throws IOException {
    mark.close();
  }
}
