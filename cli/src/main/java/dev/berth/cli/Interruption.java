package dev.berth.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes SIGINT and SIGTERM end the work in order: the signal interrupts the thread that runs the
 * program, and the process lives on until it has cleaned up, for ten seconds at most. The JVM then
 * ends with 128 and the number of the signal.
 */
final class Interruption {
  private static final int PATIENCE_SECONDS = 10;

  private final Thread worker;
  private final CountDownLatch finished = new CountDownLatch(1);

  private Interruption(Thread worker) {
    this.worker = worker;
  }

  /** From now on signals interrupt this thread. */
  static Interruption armed(Thread worker) {
    Interruption interruption = new Interruption(worker);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::onSignal, "interruption"));
    return interruption;
  }

  /** The work is over: the end of the process waits for nothing any more. */
  void disarm() {
    finished.countDown();
  }

  private void onSignal() {
    if (finished.getCount() == 0) {
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
}
