package dev.berth.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A syslog daemon for one server: takes messages at a local stream socket and writes them to a
 * file, a line each. syslog(3) of glibc tries a datagram socket first, which the JDK does not have,
 * and then a stream, where each message ends with a NUL.
 */
final class SyslogSink implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final OutputStream file; // guarded by lock
  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch ended = new CountDownLatch(1);

  private SyslogSink(ServerSocketChannel listener, OutputStream file) {
    this.listener = listener;
    this.file = file;
  }

  static SyslogSink listen(Path socket, Path log) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    SyslogSink sink = new SyslogSink(listener, Files.newOutputStream(log));
    Thread.ofVirtual().name("syslog").start(sink::accept);
    return sink;
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel sender = listener.accept();
        Thread.ofVirtual().name("syslog-sender").start(() -> copy(sender));
      }
    } catch (ClosedChannelException closed) {
      ended.countDown();
    } catch (IOException e) {
      ended.countDown();
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void copy(SocketChannel sender) {
    try (sender) {
      InputStream in = Channels.newInputStream(sender);
      byte[] bytes = new byte[8192];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        for (int i = 0; i < count; i++) {
          bytes[i] = bytes[i] == 0 ? (byte) '\n' : bytes[i];
        }
        write(bytes, count);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void write(byte[] bytes, int count) throws IOException {
    lock.lock();
    try {
      file.write(bytes, 0, count);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    file.close();
  }
}
