package dev.berth.session;

import dev.berth.wire.CommandLine;

/** What came of listening to a client. */
sealed interface Heard {
  /** A command line, well formed or not. */
  record Line(CommandLine line) implements Heard {}

  /** The client has ended its side, or the connection broke. */
  record Ended() implements Heard {}

  /** Nothing came in time. */
  record TimedOut() implements Heard {}

  /** Somebody here wants this session to end. */
  record Woken() implements Heard {}
}
