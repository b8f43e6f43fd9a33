package dev.berth.session;

import dev.berth.admission.Refusal;

/** On what a reply is given. */
public sealed interface Occasion {
  /** The client has come, and is let in. */
  record Greeting() implements Occasion {}

  /** The client has come, and is not let in: it is told, and the connection ends. */
  record TurnedAway(Refusal refusal) implements Occasion {}

  /** The password was right, and still the client is not let in: the session ends. */
  record LoginRefused(Refusal refusal) implements Occasion {}

  /**
   * A command, known or not.
   *
   * @param verb in upper case; empty for a line that is no command
   * @param argument as it came; empty if there was none
   */
  record Served(String verb, String argument) implements Occasion {}

  /**
   * The session is ended from this side.
   *
   * @param event one word, as in the log: {@code idle}, {@code login-timeout}, {@code no-transfer},
   *     {@code session-timeout}, {@code gave-way}, {@code drained}
   */
  record Ends(String event) implements Occasion {}
}
