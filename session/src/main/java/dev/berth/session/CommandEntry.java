package dev.berth.session;

import java.io.IOException;

/**
 * One row of the table of commands.
 *
 * @param verb in upper case
 * @param phase when it may come
 * @param argument whether one has to follow
 * @param syntax what HELP says of the argument; empty if there is none
 * @param handler what is done
 */
record CommandEntry(String verb, Phase phase, Argument argument, String syntax, Handler handler) {
  /** When a command may come. */
  enum Phase {
    ALWAYS,
    LOGGED_IN,
    /** When somebody is logged in who has a {@link Visit}. */
    VISITING
  }

  /** Whether an argument has to follow. */
  enum Argument {
    NONE,
    MAY,
    MUST
  }

  /** Does what a command asks for, and replies. Runs on the session's thread. */
  @FunctionalInterface
  interface Handler {
    /**
     * Does it.
     *
     * @param argument empty if there is none
     * @throws Denial to be told to the client with the code that fits
     * @throws IOException a fault on our side; the client is told that, the log more
     */
    void run(Session session, String argument) throws IOException, InterruptedException;
  }
}
