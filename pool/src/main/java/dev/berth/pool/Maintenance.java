package dev.berth.pool;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections of a pool that nobody has used for a while, or that another program of this
 * machine waits for, so that others behind the same address get their places: at the end of a job
 * one big file may keep one connection busy for hours. Its thread lives from {@link #of} to {@link
 * #close}. A pool of {@link ConnectionPool#open} has one of its own.
 */
public final class Maintenance implements AutoCloseable {
  /** Shorter than any server's own idle time, longer than the pause between two phases of a job. */
  static final Duration IDLE = Duration.ofSeconds(60);

  /** As long as another program that waits for the place of an idle connection may have to wait. */
  private static final Duration EVERY = Duration.ofSeconds(1);

  /**
   * How often it looks, and what is too long.
   *
   * @param every the pause between two looks
   * @param idle a connection unused for so long is closed
   */
  record Rhythm(Duration every, Duration idle) {}

  private final CountDownLatch over;
  private final Thread thread;

  private Maintenance(CountDownLatch over, Thread thread) {
    this.over = over;
    this.thread = thread;
  }

  /**
   * Begins.
   *
   * @param clock the clock of the pool's budget
   */
  public static Maintenance of(ConnectionPool pool, InstantSource clock) {
    return of(pool, clock, IDLE);
  }

  static Maintenance of(ConnectionPool pool, InstantSource clock, Duration idle) {
    return of(pool, clock, new Rhythm(EVERY, idle));
  }

  static Maintenance of(ConnectionPool pool, InstantSource clock, Rhythm rhythm) {
    CountDownLatch over = new CountDownLatch(1);
    return new Maintenance(
        over,
        Thread.ofPlatform()
            .daemon()
            .name("maintenance")
            .start(() -> maintain(pool, clock, rhythm, over)));
  }

  private static void maintain(
      ConnectionPool pool, InstantSource clock, Rhythm rhythm, CountDownLatch over) {
    try {
      while (!over.await(rhythm.every().toNanos(), TimeUnit.NANOSECONDS)) {
        pool.maintain(clock.instant(), rhythm.idle());
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends; a connection that is being closed just now is left to the pool's own close. */
  @Override
  public void close() {
    over.countDown();
    thread.interrupt();
  }
}
