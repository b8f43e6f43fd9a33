package dev.berth.transport;

import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a connection waits for, and until when: one whole operation until a deadline, or its steps
 * for a time that starts anew whenever enough bytes have moved. Confined to the thread that waits.
 *
 * <p>Only the time spent waiting counts: what this side does between two steps is not the peer's
 * fault. A step that moved a few bytes alone does not start the time anew, or a peer that sends one
 * byte now and then would hold its connection for ever. It counts from the first of these bytes:
 * after a long silence the rest has the whole time again.
 */
final class Wait {
  /** At the usual 30 s less than 10 bytes a second, a tenth of the first modems. */
  private static final int LEAST_PROGRESS = 256;

  private final String what;
  private final @Nullable Deadline whole;
  private final Duration step;
  private long sinceNanos = System.nanoTime();
  private long waitedNanos; // in earlier steps, since the first of the bytes moved
  private int moved; // bytes, since there were enough of them

  private Wait(String what, @Nullable Deadline whole, Duration step) {
    this.what = what;
    this.whole = whole;
    this.step = step;
  }

  /** All of it has to end by the deadline. */
  static Wait until(Deadline deadline, String what) {
    return new Wait(what, deadline, Duration.ZERO);
  }

  /** The least progress may take this long: a stall ends it, a slow peer does not. */
  static Wait eachStep(Duration stall, String what) {
    return new Wait(what, null, stall);
  }

  /** The deadline of the step that begins now. */
  Deadline nextStep() {
    if (whole != null) {
      return whole;
    }
    sinceNanos = System.nanoTime();
    return Deadline.after(step.minusNanos(waitedNanos));
  }

  /** A step has ended, and so many bytes were moved in it. */
  void moved(int bytes) {
    if (whole != null) {
      return;
    }
    boolean isFirst = moved == 0;
    moved += Math.max(0, bytes);
    if (moved >= LEAST_PROGRESS) {
      moved = 0;
      waitedNanos = 0;
    } else if (!isFirst) {
      waitedNanos += System.nanoTime() - sinceNanos;
    }
  }

  /** {@code "while waiting for the greeting, after 5.0 s"}. */
  String description() {
    double seconds = (System.nanoTime() - sinceNanos + waitedNanos) / 1e9;
    return String.format(Locale.ROOT, "while waiting for %s, after %.1f s", what, seconds);
  }
}
