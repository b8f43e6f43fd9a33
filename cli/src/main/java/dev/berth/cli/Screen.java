package dev.berth.cli;

import dev.berth.limits.Standing;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where {@code berth top} shows how servers stand. One thread at a time. */
interface Screen extends Closeable {
  /** Shows what there is now, in place of what was shown. */
  void show(List<Standing> all, Instant now) throws IOException;

  /**
   * Waits until it is time to look again.
   *
   * @return false if nobody wants to see any more
   */
  boolean awaits(Duration interval) throws InterruptedException;
}
