package dev.berth.testkit;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.UnaryOperator;

/**
 * One direction of a {@link WanConnection}. One thread reads what the sender's window lets through
 * and stamps it with the time of its arrival, another delivers it then.
 */
final class WanPipe {
  /** The most that is read at once. */
  static final int CHUNK = 64 << 10;

  /** The end of slow start: what Linux lets a send buffer grow to (tcp_wmem). */
  static final int LARGEST_WINDOW = 4 << 20;

  /** Ten segments (RFC 6928) of an Ethernet's 1448 bytes. */
  private static final int FIRST_WINDOW = 10 * 1448;

  /** Bounds what is on its way to a receiver that takes nothing. */
  private static final int MOST_PARCELS = 1024;

  /** What comes after the bytes. */
  private enum Then {
    GO_ON,
    FIN,
    RESET
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Parcel(long dueNanos, byte[] bytes, Then then) {}

  /** So many bytes are known to have arrived, from then on. */
  private record Acknowledgement(long nanos, int bytes) {}

  private final WanConnection connection;
  private final WanRate rate;
  private final long oneWayNanos;
  private final long earliestNanos;
  private final BlockingQueue<Parcel> onTheWay = new ArrayBlockingQueue<>(MOST_PARCELS);
  // Confined to the reading thread:
  private final ArrayDeque<Acknowledgement> awaited = new ArrayDeque<>();
  private int unacknowledged;
  private int window = FIRST_WINDOW;

  /**
   * A pipe through which nothing has come.
   *
   * @param earliestNanos nothing arrives before
   */
  WanPipe(WanConnection connection, WanRate rate, long oneWayNanos, long earliestNanos) {
    this.connection = connection;
    this.rate = rate;
    this.oneWayNanos = oneWayNanos;
    this.earliestNanos = earliestNanos;
  }

  /** Reads the sender to its end. */
  void read(Socket from, UnaryOperator<byte[]> change) throws InterruptedException {
    byte[] buffer = new byte[CHUNK];
    Then end = Then.GO_ON;
    while (end == Then.GO_ON) {
      int room = Math.min(CHUNK, awaitRoom());
      try {
        int length = from.getInputStream().read(buffer, 0, room);
        if (length < 0) {
          end = Then.FIN;
        } else {
          send(Arrays.copyOf(buffer, length), change);
        }
      } catch (IOException reset) {
        end = Then.RESET;
      }
    }
    onTheWay.put(new Parcel(arrival(System.nanoTime()), new byte[0], end));
  }

  private void send(byte[] bytes, UnaryOperator<byte[]> change) throws InterruptedException {
    long due = arrival(rate.sentNanos(bytes.length));
    unacknowledged += bytes.length;
    awaited.add(new Acknowledgement(due + oneWayNanos, bytes.length));
    onTheWay.put(new Parcel(due, change.apply(bytes), Then.GO_ON));
  }

  private long arrival(long sentNanos) {
    long due = sentNanos + oneWayNanos;
    return due - earliestNanos > 0 ? due : earliestNanos;
  }

  /** Blocks until the sender's window is open; how far. */
  private int awaitRoom() throws InterruptedException {
    while (!awaited.isEmpty()
        && (unacknowledged >= window || awaited.getFirst().nanos() - System.nanoTime() <= 0)) {
      Acknowledgement next = awaited.removeFirst();
      sleepUntil(next.nanos());
      unacknowledged -= next.bytes();
      // Slow start: a byte more for each that has arrived (RFC 5681 section 3.1).
      window = Math.min(LARGEST_WINDOW, window + next.bytes());
    }
    return window - unacknowledged;
  }

  /** Hands on what comes, each when it is due, to the end. */
  void deliver(Socket to) throws InterruptedException, IOException {
    try {
      Parcel parcel;
      do {
        parcel = onTheWay.take();
        sleepUntil(parcel.dueNanos());
        to.getOutputStream().write(parcel.bytes());
      } while (parcel.then() == Then.GO_ON);
      if (parcel.then() == Then.FIN) {
        to.shutdownOutput();
        connection.ended();
        return;
      }
    } catch (IOException gone) {
      // Its receiver takes no more; the sender hears of that when the news is there.
      Thread.sleep(Duration.ofNanos(oneWayNanos));
    }
    connection.reset();
  }

  static void sleepUntil(long nanos) throws InterruptedException {
    long early = nanos - System.nanoTime();
    if (early > 0) {
      Thread.sleep(Duration.ofNanos(early));
    }
  }
}
