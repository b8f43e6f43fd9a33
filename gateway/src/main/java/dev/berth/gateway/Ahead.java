package dev.berth.gateway;

import dev.berth.lifetime.Deadline;
import dev.berth.lifetime.Guard;
import dev.berth.lifetime.Scope;
import dev.berth.lifetime.Watchdog;
import dev.berth.session.BufferShelf;
import dev.berth.transport.DataConnection;
import dev.berth.wire.Reply;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes a download ahead of a client that does not keep pace, while others wait for its connection.
 * As long as a write to the client lasts, a thread of its own may take over the server's side: it
 * reads to the end, or as much as may lie here, and gives the connection back; the client gets that
 * from here. Its methods are for the session's thread.
 *
 * <p>Invariant: one thread at a time has the server's side; {@code turn} tells which.
 */
final class Ahead implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Ahead.class.getName());

  /** A client across an ocean takes 256 KiB within that, or is slower than 1 MB/s. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  /** What every socket takes at once. */
  private static final int AT_ONCE_BYTES = 64 * 1024;

  /** For a client in TLS that is a buffer. */
  private static final int PIECE_BYTES = 64 * 1024;

  private static final Duration END_WITHIN = Duration.ofSeconds(20);
  private static final Duration CANCEL_WITHIN = Duration.ofSeconds(10);

  private final Downloads downloads;
  private final Origin origin;
  private final Watchdog watchdog;
  private final BufferShelf buffers;
  private final AtomicLong moved; // bytes that the client has
  private final String name = Thread.currentThread().getName() + "/ahead";
  private final Scope scope = new Scope(name, CANCEL_WITHIN);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Turn turn = Turn.SESSION; // guarded by lock
  private long writes; // guarded by lock; how many have begun
  private @Nullable Stock stock; // guarded by lock; since the last time that it was taken over
  private @Nullable Guard guard; // confined to the session's thread
  private volatile boolean isFailed; // the disk: this download goes at the client's pace

  /** Who may speak with the server. */
  private enum Turn {
    SESSION,
    /** Whoever takes it: the session writes to its client. */
    NOBODY,
    FETCHER,
    /** Nobody any more: the fetcher has read all that it may. */
    FETCHED
  }

  /** The server's side of a download. */
  interface Origin {
    /** Whether somebody waits for its connection. */
    boolean isWanted();

    /** As {@link DataConnection#read}; after a failure the connection was given back. */
    int read(ByteBuffer into) throws IOException;

    /** Its last word, a positive one; the connection was given back then, whatever comes. */
    Reply end() throws IOException;

    /** Any thread: a read that waits fails. */
    void cut();
  }

  Ahead(
      Downloads downloads,
      Origin origin,
      Watchdog watchdog,
      BufferShelf buffers,
      AtomicLong moved) {
    this.downloads = downloads;
    this.origin = origin;
    this.watchdog = watchdog;
    this.buffers = buffers;
    this.moved = moved;
  }

  /**
   * Writes to the client; and then what was read ahead meanwhile.
   *
   * @return the server's last word, if the client has got all; else the session goes on reading
   * @throws IOException if the client's side fails, or the server's, as it was told
   */
  Optional<Reply> write(DataConnection client, ByteBuffer bytes)
      throws IOException, InterruptedException {
    if (moved.get() == 0 && bytes.remaining() <= AT_ONCE_BYTES) {
      writeAll(client, bytes);
      return Optional.empty();
    }
    Guard own = begin();
    try {
      own.expect(Deadline.after(PATIENCE));
      writeAll(client, bytes);
    } finally {
      own.relax();
      end();
    }
    Optional<Stock> fetched = fetched();
    return fetched.isPresent() ? catchUp(client, fetched.get()) : Optional.empty();
  }

  private void writeAll(DataConnection client, ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    client.write(bytes);
    moved.addAndGet(count);
  }

  private Guard begin() {
    Guard own = guard;
    if (own == null || own.isFired()) {
      own = watchdog.guard(name, this::look);
      guard = own;
    }
    lock.lock();
    try {
      turn = Turn.NOBODY;
      writes++;
    } finally {
      lock.unlock();
    }
    return own;
  }

  private void end() {
    lock.lock();
    try {
      if (turn == Turn.NOBODY) {
        turn = Turn.SESSION;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What lies here, and is the client's next; the server's side is not ours then. */
  private Optional<Stock> fetched() {
    lock.lock();
    try {
      return turn == Turn.SESSION ? Optional.empty() : Optional.ofNullable(stock);
    } finally {
      lock.unlock();
    }
  }

  /** On the watchdog's thread: a write lasts long. */
  private void look() {
    lock.lock();
    try {
      if (turn == Turn.NOBODY) {
        long number = writes;
        scope.fork(name, () -> lurk(number));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes over as soon as somebody waits, while the same write lasts. */
  private void lurk(long number) throws InterruptedException {
    while (!isFailed && awaitEnd(number, Duration.ZERO)) {
      if (origin.isWanted()) {
        Optional<Stock> taken = takeOver(number);
        if (taken.isPresent()) {
          fetch(taken.get());
          return;
        }
      }
      awaitEnd(number, PATIENCE);
    }
  }

  /** Waits for the end of a write; returns whether it lasts still. */
  private boolean awaitEnd(long number, Duration time) throws InterruptedException {
    Deadline deadline = Deadline.after(time);
    lock.lockInterruptibly();
    try {
      while (lastsLocked(number) && !deadline.isOver()) {
        changed.awaitNanos(deadline.remainingNanos());
      }
      return lastsLocked(number);
    } finally {
      lock.unlock();
    }
  }

  private boolean lastsLocked(long number) {
    assert lock.isHeldByCurrentThread();
    return turn == Turn.NOBODY && writes == number;
  }

  private Optional<Stock> takeOver(long number) {
    try {
      Optional<FileChannel> file = downloads.begin();
      return file.isEmpty() ? Optional.empty() : takeOver(number, file.get());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "event=spool-failed", e);
      isFailed = true;
      return Optional.empty();
    }
  }

  private Optional<Stock> takeOver(long number, FileChannel file) throws IOException {
    Stock own = new Stock(file, downloads.mostBytes());
    lock.lock();
    try {
      if (lastsLocked(number)) {
        turn = Turn.FETCHER;
        stock = own;
        return Optional.of(own);
      }
    } finally {
      lock.unlock();
    }
    downloads.giveBack(own.file());
    return Optional.empty();
  }

  private void fetch(Stock own) {
    Stock.End end = new Stock.End.Failed(new IOException("reading ahead broke off"));
    try {
      end = read(own);
    } catch (IOException e) {
      end = new Stock.End.Failed(e);
    } finally {
      lock.lock();
      try {
        turn = Turn.FETCHED;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      own.end(end);
    }
  }

  private Stock.End read(Stock own) throws IOException {
    ByteBuffer buffer = buffers.take();
    try {
      return read(own, buffer);
    } finally {
      buffers.giveBack(buffer);
    }
  }

  private Stock.End read(Stock own, ByteBuffer buffer) throws IOException {
    while (own.room() > 0) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), own.room()));
      if (origin.read(buffer) < 0) {
        return new Stock.End.Whole(origin.end());
      }
      try {
        own.add(buffer.flip());
      } catch (IOException e) {
        LOG.log(Level.WARNING, "event=spool-failed", e);
        return new Stock.End.Full(copy(buffer));
      }
    }
    return new Stock.End.Full(ByteBuffer.allocate(0));
  }

  private static ByteBuffer copy(ByteBuffer rest) {
    return ByteBuffer.allocate(rest.remaining()).put(rest).flip();
  }

  /** Gives the client what lies here, at its pace. */
  private Optional<Reply> catchUp(DataConnection client, Stock own)
      throws IOException, InterruptedException {
    try {
      long sent = 0;
      own.awaitMoreThan(sent);
      // A failure is told at once: what the client has is not the whole then.
      while (own.bytes() > sent && !(own.ended() instanceof Stock.End.Failed)) {
        long count = client.send(own.file(), sent, Math.min(own.bytes() - sent, PIECE_BYTES));
        sent += count;
        moved.addAndGet(count);
        own.awaitMoreThan(sent);
      }
      return switch (own.ended()) {
        case Stock.End.Whole(Reply last) -> Optional.of(last);
        case Stock.End.Failed(IOException e) -> throw e;
        case Stock.End.Full(ByteBuffer rest) -> {
          writeAll(client, rest);
          yield Optional.empty();
        }
        case null -> throw new IllegalStateException("more was to come");
      };
    } finally {
      giveBack();
    }
  }

  /** The session has the server's side again, unless that is over; the file is free. */
  private void giveBack() throws IOException {
    Optional<Stock> own;
    lock.lock();
    try {
      if (turn != Turn.FETCHED) {
        return; // The client's side has failed: close() comes.
      }
      own = Optional.ofNullable(stock);
      stock = null;
      turn = Turn.SESSION;
    } finally {
      lock.unlock();
    }
    if (own.isPresent()) {
      downloads.giveBack(own.get().file());
    }
  }

  /** The transfer is over, or is to be: then the server's side is ours again. */
  @Override
  public void close() throws IOException {
    Guard own = guard;
    if (own == null) {
      return; // Nothing was ever begun.
    }
    own.close();
    if (!isFetcherDone()) {
      origin.cut();
    }
    try {
      awaitFetcher();
    } finally {
      scope.close();
      giveBack();
    }
  }

  private boolean isFetcherDone() {
    lock.lock();
    try {
      return turn != Turn.FETCHER;
    } finally {
      lock.unlock();
    }
  }

  private void awaitFetcher() {
    Deadline deadline = Deadline.after(END_WITHIN);
    boolean interrupted = false;
    lock.lock();
    try {
      while (turn == Turn.FETCHER && !deadline.isOver()) {
        try {
          changed.awaitNanos(deadline.remainingNanos());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      lock.unlock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
