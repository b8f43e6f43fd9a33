package dev.berth.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Tells people on standard error how a job goes: on a terminal a live line at the bottom, elsewhere
 * a line after 5 s and then ever more seldom, up to a minute apart. One thread of its own writes;
 * all others hand it their lines. Opened for one job, closed by who opened it.
 */
final class Display implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(100);
  private static final Duration REPORT = Duration.ofSeconds(5);
  private static final Duration RAREST_REPORT = Duration.ofMinutes(1);
  private static final String ERASE = "\r\u001B[K";
  private static final int QUEUE = 1000;

  private final PrintStream err;
  private final Optional<Integer> columns;
  private final boolean isQuiet;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(QUEUE);
  private final AtomicReference<Optional<Supplier<View>>> views =
      new AtomicReference<>(Optional.empty());
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final Rate rate = new Rate(); // confined to the display thread
  private final Thread thread;
  private boolean isDrawn; // confined to the display thread

  private Display(Surroundings surroundings, boolean isQuiet) {
    this.err = surroundings.err();
    boolean isDumb = "dumb".equals(surroundings.environment().get("TERM"));
    this.columns = isDumb ? Optional.empty() : surroundings.columns();
    this.isQuiet = isQuiet;
    this.thread = Thread.ofPlatform().daemon().name("display").unstarted(this::work);
  }

  /** Begins to show. */
  static Display open(Surroundings surroundings, boolean isQuiet) {
    Display display = new Display(surroundings, isQuiet);
    display.thread.start();
    return display;
  }

  /** From now on the state of the job is found here. */
  void watch(Supplier<View> supplier) {
    views.set(Optional.of(supplier));
  }

  /** Says a line, made safe for the terminal. Blocks while very many are waiting to be written. */
  void say(String line) {
    String shown = Shown.line(line);
    if (lines.offer(shown)) {
      // Whoever is being interrupted may say why: only a wait would lose the line.
      return;
    }
    try {
      lines.put(shown);
    } catch (InterruptedException e) {
      // The line is lost, the interrupt is not: whoever works on this thread has to see it.
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    long pause = (columns.isPresent() ? REDRAW : REPORT).toNanos();
    long due = System.nanoTime() + pause;
    try {
      while (!isClosed.get() || !lines.isEmpty()) {
        String line = lines.poll(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (line == null) {
          show();
          // In a log a job of hours needs fewer lines than one of seconds.
          pause = columns.isPresent() ? pause : Math.min(2 * pause, RAREST_REPORT.toNanos());
          due = System.nanoTime() + pause;
        } else if (!line.isEmpty()) {
          print(line + "\n");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    print("");
  }

  private void show() {
    if (isQuiet) {
      return;
    }
    try {
      views.get().ifPresent(supplier -> show(supplier.get()));
    } catch (RuntimeException e) {
      // This thread has to live on: the lines of all others go through it.
      views.set(Optional.empty());
      print("berth: progress cannot be shown: " + Shown.line(e.toString()) + "\n");
    }
  }

  private void show(View view) {
    rate.note(view.progress().bytesMoved(), new Rate.Instant(System.nanoTime()));
    if (columns.isEmpty()) {
      print("berth: " + ProgressLine.plain(view, rate) + "\n");
      return;
    }
    // The last column stays free: a line that fills it wraps on some terminals.
    err.print(ERASE + ProgressLine.live(view, rate, columns.get() - 1));
    err.flush();
    isDrawn = true;
  }

  private void print(String text) {
    err.print((isDrawn ? ERASE : "") + text);
    err.flush();
    isDrawn = false;
  }

  /** Writes what is left to be said, erases the live line. Returns when both are done. */
  @Override
  public void close() {
    isClosed.set(true);
    try {
      // An empty line says nothing; it wakes the thread.
      lines.put("");
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
