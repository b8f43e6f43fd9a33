package dev.berth.limits;

import dev.berth.dialects.Refusal;

/** What a connection taught, mostly the attempt to open it. Immutable. */
public sealed interface Observation {
  /** Whose connection it was. */
  Account account();

  /**
   * It was opened and is logged in.
   *
   * @param held what we hold, this one included
   */
  record Opened(Account account, Held held) implements Observation {}

  /**
   * The server turned it away, at its opening or later.
   *
   * @param held what we held beside it, at that moment
   * @param jitter 0 to 1, drawn by the caller, so that many programs do not come back at once
   */
  record Refused(Account account, Held held, Refusal refusal, double jitter)
      implements Observation {}

  /**
   * No connection came about: refused by TCP, timed out, no route. Perhaps a firewall's ban.
   *
   * @param what the system's words
   */
  record Unreachable(Account account, Held held, String what, double jitter)
      implements Observation {}
}
