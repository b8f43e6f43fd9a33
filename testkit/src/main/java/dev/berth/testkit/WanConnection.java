package dev.berth.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * One connection over a {@link WanLink}: a {@link WanPipe} each way, made when the client has
 * connected. It ends when both pipes have.
 */
final class WanConnection implements AutoCloseable {
  private static final int CONNECT_MILLIS = 10_000;

  private final Socket client;
  private final Socket server = new Socket();
  private final InetSocketAddress target;
  private final WanLink link;
  private final long acceptedNanos = System.nanoTime();
  private final AtomicInteger flowing = new AtomicInteger(2);
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final Queue<ServerSocket> ports = new ConcurrentLinkedQueue<>();

  WanConnection(Socket client, InetSocketAddress target, WanLink link) {
    this.client = client;
    this.target = target;
    this.link = link;
  }

  /**
   * Lets it flow.
   *
   * @param replies what becomes of the bytes that the server sends
   */
  void start(UnaryOperator<byte[]> replies) {
    if (!link.opened(this)) {
      run("wan-late", this::reset);
      return;
    }
    long oneWay = link.line().oneWayNanos();
    // The client's first bytes go along with the third packet of the handshake.
    WanPipe up = new WanPipe(this, link.up(), oneWay, acceptedNanos + 3 * oneWay);
    WanPipe down = new WanPipe(this, link.down(), oneWay, acceptedNanos);
    run(
        "wan-up",
        () -> {
          client.setTcpNoDelay(true);
          up.read(client, bytes -> bytes);
        });
    run("wan-connect", () -> connect(up, down, replies));
  }

  private void connect(WanPipe up, WanPipe down, UnaryOperator<byte[]> replies)
      throws InterruptedException, IOException {
    WanPipe.sleepUntil(acceptedNanos + 3 * link.line().oneWayNanos());
    try {
      server.setTcpNoDelay(true);
      server.setReceiveBufferSize(WanPipe.CHUNK);
      server.connect(target, CONNECT_MILLIS);
    } catch (IOException refused) {
      reset();
      return;
    }
    run("wan-deliver-up", () -> up.deliver(server));
    run("wan-deliver-down", () -> down.deliver(client));
    down.read(server, replies);
  }

  /** What a thread of a connection does; it is interrupted when the connection is reset. */
  @FunctionalInterface
  private interface Work {
    void run() throws InterruptedException, IOException;
  }

  private void run(String name, Work work) {
    threads.add(
        Thread.ofVirtual()
            .name(name)
            .start(() -> {
              try {
                work.run();
              } catch (InterruptedException reset) {
                Thread.currentThread().interrupt();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }

  /** Closes this port with the connection. */
  void closesWith(ServerSocket port) {
    ports.add(port);
  }

  /** One direction is over. */
  void ended() throws IOException {
    if (flowing.decrementAndGet() == 0) {
      client.close();
      server.close();
      over();
    }
  }

  /** Ends both sides by RST. May be called twice and from any thread. */
  void reset() throws IOException {
    TapRelay.reset(client);
    TapRelay.reset(server);
    threads.forEach(Thread::interrupt);
    over();
  }

  private void over() throws IOException {
    link.ended(this);
    Closing.all(ports);
  }

  @Override
  public void close() throws IOException {
    reset();
  }
}
