package dev.berth.interop;

import dev.berth.testkit.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Somebody else's session: it takes a place of the server until it is closed. */
record Raw(Socket socket) implements AutoCloseable {
  private static final int BOUND_MILLIS = 10_000;

  /** Connects and logs in. */
  static Raw loggedIn(Peer peer) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(BOUND_MILLIS);
      socket.connect(peer.address(), BOUND_MILLIS);
      BufferedReader replies =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      await(replies, "220 ");
      say(socket, "USER " + peer.user());
      await(replies, "331 ");
      say(socket, "PASS " + peer.password());
      await(replies, "230 ");
      return new Raw(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void say(Socket socket, String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void await(BufferedReader replies, String start) throws IOException {
    String line = replies.readLine();
    while (line != null && !line.startsWith(start)) {
      line = replies.readLine();
    }
    if (line == null) {
      throw new IOException("closed before " + start);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
