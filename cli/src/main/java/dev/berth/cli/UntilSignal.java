package dev.berth.cli;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * Lets a server run until Ctrl-C or SIGTERM, which is how it is meant to end: then it is closed,
 * and the process ends as one that did what it should.
 */
final class UntilSignal {
  private UntilSignal() {}

  /** Does not return: the signal ends the process. */
  static void await(Closeable server) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "end"));
    new CountDownLatch(1).await();
  }

  /** Only a halt gives a process that a signal ends a status of its own. */
  private static void end(Closeable server) {
    ExitStatus status = ExitStatus.DONE;
    try {
      server.close();
    } catch (IOException | RuntimeException e) {
      System.err.println("berth: the server did not end in order: " + Failures.reason(e));
      status = ExitStatus.INTERNAL_ERROR;
    }
    Runtime.getRuntime().halt(status.number());
  }
}
