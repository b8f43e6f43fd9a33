package dev.berth.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/**
 * Takes connections until its port is closed, on a thread of its own. What becomes of one of them
 * ends no other.
 */
final class AcceptLoop {
  private AcceptLoop() {}

  /**
   * Begins.
   *
   * @param taken gets each connection, on the thread of the loop; closes it in the end
   */
  static void start(String name, ServerSocket port, Consumer<Socket> taken) {
    Thread.ofVirtual().name(name).start(() -> run(port, taken));
  }

  private static void run(ServerSocket port, Consumer<Socket> taken) {
    while (true) {
      Socket connection;
      try {
        connection = port.accept();
      } catch (IOException closed) {
        return;
      }
      taken.accept(connection);
    }
  }
}
