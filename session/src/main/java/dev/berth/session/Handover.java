package dev.berth.session;

import dev.berth.lifetime.Deadline;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A port that another process of the same user listens on, too ({@code SO_REUSEPORT}). The system
 * has given each connection to one of the two already, and resets those of a closed one: so whoever
 * waits is accepted before this one is closed. One thread accepts; any may tell it to leave.
 */
final class Handover implements Closeable {
  private final ServerSocketChannel channel;
  private final Selector selector;
  private final CountDownLatch left = new CountDownLatch(1);
  private volatile boolean isLeaving;

  private Handover(ServerSocketChannel channel, Selector selector) {
    this.channel = channel;
    this.selector = selector;
  }

  /** Whether another process may listen there as well. */
  static boolean isPossible(ServerSocketChannel channel) throws IOException {
    return channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)
        && channel.getOption(StandardSocketOptions.SO_REUSEPORT);
  }

  /** Of a channel on which nobody accepts yet. */
  static Handover of(ServerSocketChannel channel) throws IOException {
    Selector selector = Selector.open();
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_ACCEPT);
    return new Handover(channel, selector);
  }

  /**
   * Waits for the next connection.
   *
   * @throws ClosedChannelException if it was left, and nobody waits any more; or was closed
   */
  SocketChannel accept() throws IOException {
    while (true) {
      boolean isLast = isLeaving; // Asked before the look: whoever comes later came too late.
      SocketChannel next = channel.accept();
      if (next != null) {
        return next;
      }
      if (isLast) {
        close(); // With the selector: until that is closed the JDK lets the system listen on.
        left.countDown();
        throw new ClosedChannelException();
      }
      select();
    }
  }

  private void select() throws IOException {
    try {
      selector.select();
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException e) {
      throw (ClosedChannelException) new ClosedChannelException().initCause(e);
    }
  }

  /** Any thread: has all accepted who wait, and the channel closed; waits until that is done. */
  void leave(Deadline deadline) throws InterruptedException {
    isLeaving = true;
    selector.wakeup();
    boolean isDone = left.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    assert isDone || deadline.isOver();
  }

  @Override
  public void close() throws IOException {
    try (selector) {
      channel.close();
    }
  }
}
