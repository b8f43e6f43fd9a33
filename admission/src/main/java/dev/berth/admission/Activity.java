package dev.berth.admission;

import java.time.Instant;

/** What the session of a slot does just now. */
sealed interface Activity {
  /** Serves a command. */
  record Busy(Instant since) implements Activity {}

  /** Awaits one. */
  record Idle(Instant since) implements Activity {}

  /** Was told to leave while it was idle, and serves no more. */
  record Leaving(Instant since, String reason) implements Activity {}

  Instant since();
}
