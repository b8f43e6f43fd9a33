package dev.berth.gateway;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/** A wait for another thread that writes to the disk. */
final class DiskWait {
  private DiskWait() {}

  /**
   * Waits until it is over; to be called with the lock held.
   *
   * @param lasts asked under the lock, after each signal
   * @param what is written, for the message
   * @throws InterruptedIOException if the thread is interrupted, as at the end of the gateway; its
   *     flag is set
   */
  static void await(BooleanSupplier lasts, Condition ended, String what) throws IOException {
    try {
      while (lasts.getAsBoolean()) {
        ended.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while another thread wrote " + what).initCause(e);
    }
  }
}
