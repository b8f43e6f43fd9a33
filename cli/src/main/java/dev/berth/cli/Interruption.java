package dev.berth.cli;

import dev.berth.dialects.ListingLine;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Makes SIGINT and SIGTERM end work on a server in order: the signal interrupts the thread that
 * runs the program, and the process lives on until it has cleaned up, for ten seconds at most. The
 * JVM then ends with 128 and the number of the signal. Before an engine works, a signal ends the
 * process at once: nothing is half done, and a read from standard input hears no interrupt.
 */
final class Interruption {
  private static final int PATIENCE_SECONDS = 10;

  private final Thread worker;
  private final AtomicBoolean hasBegun = new AtomicBoolean();
  private final CountDownLatch finished = new CountDownLatch(1);

  private Interruption(Thread worker) {
    this.worker = worker;
  }

  /** From now on signals interrupt this thread while a guarded engine works. */
  static Interruption armed(Thread worker) {
    Interruption interruption = new Interruption(worker);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::onSignal, "interruption"));
    return interruption;
  }

  /** The same engine, whose work a signal ends in order. */
  Engine guarding(Engine engine) {
    return new Guarded(engine);
  }

  /** Work begins that a signal ends in order. */
  void begin() {
    hasBegun.set(true);
  }

  /** All is done and said: the end of the process waits for nothing any more. */
  void disarm() {
    finished.countDown();
  }

  private void onSignal() {
    if (!hasBegun.get() || finished.getCount() == 0) {
      return;
    }
    worker.interrupt();
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("berth: gave up cleaning up after " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Notes that work has begun. */
  private final class Guarded implements Engine {
    private final Engine engine;

    Guarded(Engine engine) {
      this.engine = engine;
    }

    @Override
    public JobReport run(Job job, Reporter reporter) throws InterruptedException {
      begin();
      return engine.run(job, reporter);
    }

    @Override
    public Ending list(Listing listing, Consumer<ListingLine> lines, Reporter reporter)
        throws InterruptedException {
      begin();
      return engine.list(listing, lines, reporter);
    }

    @Override
    public Ending probe(Probe probe, Consumer<ProbeReport> found, Reporter reporter)
        throws InterruptedException {
      begin();
      return engine.probe(probe, found, reporter);
    }
  }
}
