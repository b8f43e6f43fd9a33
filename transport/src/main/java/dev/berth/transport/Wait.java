package dev.berth.transport;

import dev.berth.lifetime.Deadline;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a connection waits for, and until when: one whole operation until a deadline, or each step
 * of it for a time that starts anew whenever bytes move. Confined to the thread that waits.
 */
final class Wait {
  private final String what;
  private final @Nullable Deadline whole;
  private final Duration step;
  private long sinceNanos = System.nanoTime();

  private Wait(String what, @Nullable Deadline whole, Duration step) {
    this.what = what;
    this.whole = whole;
    this.step = step;
  }

  /** All of it has to end by the deadline. */
  static Wait until(Deadline deadline, String what) {
    return new Wait(what, deadline, Duration.ZERO);
  }

  /** Each step may take this long: a stall ends it, a slow peer does not. */
  static Wait eachStep(Duration stall, String what) {
    return new Wait(what, null, stall);
  }

  /** The deadline of the step that begins now. */
  Deadline nextStep() {
    if (whole != null) {
      return whole;
    }
    sinceNanos = System.nanoTime();
    return Deadline.after(step);
  }

  /** {@code "while waiting for the greeting, after 5.0 s"}. */
  String description() {
    double seconds = (System.nanoTime() - sinceNanos) / 1e9;
    return String.format(Locale.ROOT, "while waiting for %s, after %.1f s", what, seconds);
  }
}
