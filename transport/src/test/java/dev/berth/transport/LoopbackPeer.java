package dev.berth.transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server on loopback that plays a script, in literal bytes, with each connection in turn. */
final class LoopbackPeer implements Closeable {
  interface Script {
    void play(Socket socket) throws Exception;
  }

  private final ServerSocket listening;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private LoopbackPeer(Script... scripts) throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread.ofPlatform().daemon().name("peer").start(() -> playAll(scripts));
  }

  /** Plays the first script with the first connection, and so on; closes each socket after it. */
  static LoopbackPeer playing(Script... scripts) throws IOException {
    return new LoopbackPeer(scripts);
  }

  private void playAll(Script... scripts) {
    try {
      for (Script script : scripts) {
        try (Socket socket = listening.accept()) {
          socket.setTcpNoDelay(true);
          script.play(socket);
        }
      }
      end.complete(null);
    } catch (Throwable t) {
      end.completeExceptionally(t);
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  /** Waits until all scripts are played, and throws what one of them threw. */
  void awaitEnd() throws InterruptedException, ExecutionException, TimeoutException {
    end.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  static String hear(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  /** Reads until the other side has closed. */
  static long hearOut(Socket socket) throws IOException {
    return socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
  }

  /** Closes with RST. */
  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
