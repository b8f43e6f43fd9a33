package dev.berth.admission;

import java.time.Duration;

/** What a failed login costs. */
public sealed interface Penalty {
  /**
   * The reply is held back, off the slot: {@link Slot#detain}, the time, {@link Slot#readmit}.
   *
   * @param time for how long; zero for who is exempt
   */
  record Delay(Duration time) implements Penalty {}

  /**
   * That was one too many: the session ends, and nobody of its prefix comes in for a while.
   *
   * @param refusal for the client
   */
  record Ban(Refusal.Banned refusal) implements Penalty {}
}
