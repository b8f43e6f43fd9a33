package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread that has the journal's database: opens it when the first thing is to be written, and
 * writes all that waits in one transaction. A database that cannot be used is told once, and then
 * nothing is kept any more. Any thread may call it.
 */
final class Scribe implements AutoCloseable {
  /** A database on a disk that hangs must not hold up files. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** One thing to be written or read. */
  interface Entry {
    /** Does it, within a transaction. */
    void write(JournalStore store) throws SQLException;
  }

  private record Waiting(Entry entry, CountDownLatch written) {}

  private static final Waiting END = new Waiting(store -> {}, new CountDownLatch(0));
  private static final int MOST_AT_ONCE = 1000;

  private final Path stateFolder;
  private final Consumer<String> notes;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final AtomicBoolean isStarted = new AtomicBoolean();
  private final AtomicBoolean isBroken = new AtomicBoolean();
  private volatile @Nullable Thread thread;

  /**
   * Nothing is opened before something is to be written.
   *
   * @param notes is told what goes wrong, once
   */
  Scribe(Path stateFolder, Consumer<String> notes) {
    this.stateFolder = stateFolder;
    this.notes = notes;
  }

  /** Whether the database is in use. */
  boolean isAtWork() {
    return isStarted.get() && !isBroken.get();
  }

  /** Has something written, some time soon. */
  void write(Entry entry) {
    add(entry);
  }

  /**
   * Has something written or read, and waits until it is done.
   *
   * @return false if it was not
   */
  boolean writeNow(Entry entry) {
    CountDownLatch written = add(entry);
    boolean interrupted = false;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        try {
          return written.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
              && !isBroken.get();
        } catch (InterruptedException e) {
          interrupted = true; // A row is short; the job ends right after it.
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private CountDownLatch add(Entry entry) {
    CountDownLatch written = new CountDownLatch(1);
    if (isBroken.get()) {
      written.countDown();
      return written;
    }
    queue.add(new Waiting(entry, written));
    if (isStarted.compareAndSet(false, true)) {
      thread = Thread.ofPlatform().name("journal").daemon().start(this::work);
    }
    return written;
  }

  private void work() {
    List<Waiting> batch = new ArrayList<>();
    try (JournalStore store = JournalStore.open(stateFolder, notes)) {
      while (!batch.contains(END)) {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch, MOST_AT_ONCE);
        write(store, batch);
        batch.forEach(waiting -> waiting.written().countDown());
      }
    } catch (InterruptedException e) {
      giveUp(batch, "interrupted");
    } catch (IOException | SQLException e) {
      giveUp(batch, String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      giveUp(batch, e.toString());
    }
  }

  private static void write(JournalStore store, List<Waiting> batch) throws SQLException {
    store.begin();
    try {
      for (Waiting waiting : batch) {
        waiting.entry().write(store);
      }
      store.commit();
    } catch (SQLException e) {
      try {
        store.rollback();
      } catch (SQLException second) {
        e.addSuppressed(second); // SQLite has rolled back by itself after a full disk.
      }
      throw e;
    }
  }

  private void giveUp(List<Waiting> batch, String why) {
    if (isBroken.compareAndSet(false, true)) {
      notes.accept("the journal cannot be written, and an interrupted file starts anew: " + why);
    }
    queue.drainTo(batch);
    batch.forEach(waiting -> waiting.written().countDown());
  }

  /** Writes what waits, and closes the database. Blocks for some seconds at the most. */
  @Override
  public void close() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    queue.add(END);
    boolean interrupted = Thread.interrupted();
    try {
      running.join(PATIENCE);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
