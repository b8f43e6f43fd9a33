package dev.berth.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;

/** Passes one connection on in random small pieces, each in a packet of its own. */
final class ChoppingRelay implements Closeable {
  private final ServerSocket listening;
  private final InetSocketAddress behind;
  private final Random random;

  private ChoppingRelay(InetSocketAddress behind, Random random) throws IOException {
    this.behind = behind;
    this.random = random;
    listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    Thread.ofPlatform().daemon().name("relay").start(this::relay);
  }

  static ChoppingRelay before(InetSocketAddress behind, Random random) throws IOException {
    return new ChoppingRelay(behind, random);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  private void relay() {
    try (Socket near = listening.accept();
        Socket far = new Socket(behind.getAddress(), behind.getPort())) {
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      var up = Thread.ofPlatform().daemon().start(() -> pass(near, far));
      pass(far, near);
      up.join();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[64];
      for (int n = in.read(piece, 0, 1); n >= 0; n = in.read(piece, 0, nextLength())) {
        out.write(piece, 0, n);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One side is gone: the test sees that on its own side.
      listening.isClosed();
    }
  }

  private int nextLength() {
    synchronized (random) {
      return 1 + random.nextInt(64);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
