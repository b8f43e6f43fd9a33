package dev.berth.transport;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Guard;
import dev.berth.lifetime.Watchdog;
import dev.berth.transport.ConnectionLost.Manner;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;

/**
 * The TCP socket below everything. Every wait in it is bounded by a guard, which closes the socket.
 * Of a control connection that was accepted, the guard of reading shuts the input only: something
 * can still be said then. One thread may read while another writes.
 */
final class PlainStream implements ByteStream {
  /** Well below the shortest memory of a NAT that is common: five minutes. */
  private static final int PROBE_AFTER_SECONDS = 60;

  private static final int PROBE_EVERY_SECONDS = 15;
  private static final int PROBES = 4;

  /** What becomes of a connection whose peer says nothing for too long. */
  private enum Silence {
    CLOSES,
    SHUTS_INPUT
  }

  private final SocketChannel channel;
  private final Silence silence;
  private final Guard guard; // of connecting and writing
  private final Guard readGuard;
  private final String peer;
  private volatile boolean ended; // written by the thread that reads
  private volatile boolean readTooLate; // as above
  private volatile boolean woken;
  private final AtomicLong moved = new AtomicLong(); // bytes, both ways

  private PlainStream(SocketChannel channel, Watchdog watchdog, String peer, Silence silence) {
    this.channel = channel;
    this.silence = silence;
    this.guard = watchdog.guard(peer, channel);
    this.readGuard =
        watchdog.guard(
            peer,
            switch (silence) {
              case CLOSES -> channel;
              case SHUTS_INPUT -> this::shutInput;
            });
    this.peer = peer;
  }

  /**
   * Connects.
   *
   * @throws ConnectionLost if that fails or does not end in time
   * @throws IOException if the source address cannot be bound
   */
  static PlainStream connect(InetSocketAddress remote, Source source, Watchdog watchdog, Wait wait)
      throws IOException {
    return connect(remote, source, 0, watchdog, wait, begun -> {});
  }

  /**
   * As above, from one port.
   *
   * @param sourcePort 0 for whatever the system chooses
   * @param begun gets the connection before it is there: to close it ends the wait
   */
  static PlainStream connect(
      InetSocketAddress remote,
      Source source,
      int sourcePort,
      Watchdog watchdog,
      Wait wait,
      Consumer<Closeable> begun)
      throws IOException {
    if (remote.isUnresolved()) {
      throw new IllegalArgumentException("not resolved: " + remote);
    }
    var stream = new PlainStream(SocketChannel.open(), watchdog, name(remote), Silence.CLOSES);
    try {
      begun.accept(stream);
      stream.bind(source, sourcePort);
      stream.open(remote, wait);
      return stream;
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  /**
   * A connection that the peer has made.
   *
   * @throws IOException if it has ended already; closed
   */
  static PlainStream accepted(SocketChannel channel, Watchdog watchdog) throws IOException {
    return accepted(channel, watchdog, Silence.CLOSES);
  }

  /**
   * As above; when a read is not over in time it finds the end of the stream, and the connection
   * stays open for writing: see {@link #end}.
   */
  static PlainStream acceptedControl(SocketChannel channel, Watchdog watchdog) throws IOException {
    return accepted(channel, watchdog, Silence.SHUTS_INPUT);
  }

  private static PlainStream accepted(SocketChannel channel, Watchdog watchdog, Silence silence)
      throws IOException {
    try {
      var remote = (InetSocketAddress) channel.getRemoteAddress();
      var stream = new PlainStream(channel, watchdog, name(remote), silence);
      stream.tune();
      return stream;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String name(InetSocketAddress remote) {
    return remote.getAddress().getHostAddress() + " port " + remote.getPort();
  }

  private void tune() throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
  }

  /**
   * Asks the peer's system for a sign of life while nothing is said: a NAT forgets connections that
   * rest, some after a few minutes, and a peer that is gone is found out.
   */
  void probeWhileQuiet() throws IOException {
    if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, PROBE_AFTER_SECONDS);
      channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, PROBE_EVERY_SECONDS);
      channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    }
  }

  /** What TCP calls urgent, and Telnet sends with ABOR, comes in its place among the rest. */
  void takeUrgentInline() throws IOException {
    channel.socket().setOOBInline(true);
  }

  /** For whoever waits for several at once; registered for no longer than that. */
  SocketChannel channel() {
    return channel;
  }

  private void bind(Source source, int port) throws IOException {
    if (source instanceof Source.Address(var address)) {
      try {
        if (port != 0) {
          // From one port again and again, while connections that have ended still linger.
          channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        }
        channel.bind(new InetSocketAddress(address, port));
      } catch (BindException e) {
        String from = port == 0 ? source.toString() : source + " port " + port;
        throw new IOException("cannot connect from " + from + ": " + e.getMessage(), e);
      }
    }
  }

  private void open(InetSocketAddress remote, Wait wait) throws IOException {
    expect(wait);
    try {
      tune();
      channel.connect(remote);
    } catch (ClosedChannelException e) {
      throw lost(e, wait);
    } catch (IOException e) {
      throw new ConnectionLost(connectFailure(e), peer, wait, e);
    } finally {
      guard.relax();
    }
  }

  /** The JDK has few types for the errors of connect(2); only the text of strerror differs. */
  private static Manner connectFailure(IOException e) {
    String text = String.valueOf(e.getMessage());
    if (text.contains("refused")) {
      return Manner.CONNECT_REFUSED;
    }
    if (text.contains("timed out")) {
      return Manner.TIMED_OUT;
    }
    // Seen when a peer accepts and resets before the connect has returned here.
    return text.contains("reset") ? Manner.RESET : Manner.UNREACHABLE;
  }

  @Override
  public int read(ByteBuffer into, Wait wait) throws IOException {
    Deadline deadline = wait.nextStep();
    if (deadline.isOver()) {
      return readTooLate(wait);
    }
    readGuard.expect(deadline);
    try {
      int count = channel.read(into);
      ended |= count < 0;
      moved(count, wait);
      return count;
    } catch (IOException e) {
      throw lost(e, wait);
    } finally {
      readGuard.relax();
    }
  }

  private void moved(int count, Wait wait) {
    moved.addAndGet(Math.max(0, count));
    wait.moved(count);
  }

  /** How many bytes were read and written so far, as they went over the wire. Any thread. */
  long moved() {
    return moved.get();
  }

  /** Not left to the watchdog: a peer that always has bytes ready would outrun it. */
  private int readTooLate(Wait wait) throws IOException {
    return switch (silence) {
      case CLOSES -> throw lost(Manner.TIMED_OUT, wait);
      case SHUTS_INPUT -> {
        readTooLate = true;
        shutInput();
        ended = true;
        yield -1;
      }
    };
  }

  /** Why the end of the stream was met. */
  AcceptedControl.Reading end() {
    if (woken) {
      return AcceptedControl.Reading.WOKEN;
    }
    return readTooLate || readGuard.isFired()
        ? AcceptedControl.Reading.TIMED_OUT
        : AcceptedControl.Reading.ENDED;
  }

  /** Lets whoever reads, or will, find the end of the stream. Any thread may call it. */
  void wakeReader() throws IOException {
    woken = true;
    shutInput();
  }

  private void shutInput() throws IOException {
    try {
      channel.shutdownInput();
    } catch (ClosedChannelException e) {
      return; // More than was asked for.
    }
  }

  @Override
  public boolean isQuiet(ByteBuffer into) throws IOException {
    return readNow(into) == 0;
  }

  /** How many bytes have arrived; zero if none; -1 at the end of the stream. */
  int readNow(ByteBuffer into) throws IOException {
    channel.configureBlocking(false);
    try {
      int count = channel.read(into);
      ended |= count < 0;
      return count;
    } finally {
      if (channel.isOpen()) {
        channel.configureBlocking(true);
      }
    }
  }

  @Override
  public void write(ByteBuffer from, Wait wait) throws IOException {
    while (from.hasRemaining()) {
      expect(wait);
      try {
        moved(channel.write(from), wait);
      } catch (IOException e) {
        throw lost(e, wait);
      } finally {
        guard.relax();
      }
    }
  }

  /**
   * Writes a part of a file, as much of it as there is room for now; for a virtual thread that has
   * written before: see {@link FileSender}.
   *
   * @return how many bytes; zero if there is no room, or no more of the file
   */
  long transferNow(FileChannel file, long position, long count, Wait wait) throws IOException {
    expect(wait);
    long sent = 0;
    try {
      long step = file.transferTo(position, count, channel);
      while (step > 0) {
        sent += step;
        step = sent < count ? file.transferTo(position + sent, count - sent, channel) : 0;
      }
      moved((int) Math.min(sent, Integer.MAX_VALUE), wait);
      return sent;
    } catch (IOException e) {
      if (channel.isOpen()) {
        file.read(ByteBuffer.allocate(1), position + sent); // If it is the file, this tells.
      }
      throw lost(e, wait);
    } finally {
      guard.relax();
    }
  }

  @Override
  public void finish(Wait wait) throws IOException {
    if (!ended) {
      closeOutput(wait);
      var dropped = ByteBuffer.allocate(8192);
      while (read(dropped, wait) >= 0) {
        dropped.clear();
      }
    }
    close();
  }

  /** Sends FIN; reading goes on. */
  void closeOutput(Wait wait) throws IOException {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      throw lost(e, wait);
    }
  }

  /** Plain TCP has but one end: FIN. */
  @Override
  public boolean endedCleanly() {
    return ended;
  }

  /** Whether the peer's FIN was read. */
  boolean isEnded() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    guard.close();
    readGuard.close();
    channel.close();
  }

  /** Closes with RST: the peer learns at once that nobody will read, or has sent, the rest. */
  void reset() throws IOException {
    guard.close();
    readGuard.close();
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (ClosedChannelException e) {
      return; // Closed already; nothing is left to reset.
    }
    channel.close();
  }

  /** {@code "192.0.2.1 port 21"}. */
  String peer() {
    return peer;
  }

  InetSocketAddress local() throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  /** The connection as lost at the end of the stream, and closed. */
  ConnectionLost lostAtEnd(Wait wait) throws IOException {
    return switch (end()) {
      case ARRIVED, ENDED -> lost(Manner.END_OF_STREAM, wait);
      case TIMED_OUT -> lost(Manner.TIMED_OUT, wait);
      case WOKEN -> lost(Manner.CLOSED_HERE, wait);
    };
  }

  /** The connection as lost, and closed. */
  ConnectionLost lost(Manner manner, Wait wait) throws IOException {
    close();
    return new ConnectionLost(manner, peer, wait, null);
  }

  private void expect(Wait wait) throws IOException {
    Deadline deadline = wait.nextStep();
    if (deadline.isOver()) {
      // Not left to the watchdog: a peer that always has bytes ready would outrun it.
      throw lost(Manner.TIMED_OUT, wait);
    }
    guard.expect(deadline);
  }

  private ConnectionLost lost(IOException cause, Wait wait) throws IOException {
    Manner manner = Manner.RESET;
    if (guard.isFired() || (silence == Silence.CLOSES && readGuard.isFired())) {
      manner = Manner.TIMED_OUT;
    } else if (cause instanceof ClosedByInterruptException) {
      manner = Manner.INTERRUPTED;
    } else if (cause instanceof ClosedChannelException) {
      manner = Manner.CLOSED_HERE;
    }
    close();
    return new ConnectionLost(manner, peer, wait, cause);
  }
}
