package dev.berth.limits;

import dev.berth.dialects.Refusal;

/** What a connection taught, mostly the attempt to open it. Immutable. */
sealed interface Observation {
  /** Whose connection it was. */
  Account account();

  /** What was held beside it, or with it. */
  Held held();

  /** The same, with the account under another name and what more is held than was known. */
  default Observation as(Account name, Held inAll) {
    return switch (this) {
      case Opened it -> new Opened(name, inAll);
      case Refused it -> new Refused(name, inAll, it.refusal(), it.jitter());
      case Unreachable it -> new Unreachable(name, inAll, it.what(), it.jitter());
    };
  }

  /**
   * It was opened and is logged in.
   *
   * @param held what works, this one included: what is being closed may have made room for it
   */
  record Opened(Account account, Held held) implements Observation {}

  /**
   * The server turned it away, at its opening or later.
   *
   * @param held what we held beside it, at that moment; what was being closed may still count
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
