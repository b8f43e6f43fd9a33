package dev.berth.cli;

/** How a command on a server ended. Each case has an exit status of its own. */
sealed interface Ending {
  /** Everything is done and checked. */
  record Done() implements Ending {}

  /**
   * Some of it could not be done.
   *
   * @param message what, in words, where no {@code FileResult} says it; {@code 3 of 202 files
   *     failed}
   */
  record Incomplete(String message) implements Ending {}

  /**
   * No connection came about within the time given, and nothing else was wrong.
   *
   * @param message what was tried, with whom, for how long, the server's words, what to do
   */
  record NoConnection(String message) implements Ending {}

  /**
   * The server does not accept the user or the password.
   *
   * @param message who, where, the server's words; never the password
   */
  record CredentialsRefused(String message) implements Ending {}

  /**
   * Content came out different from its source. Goes before {@link Incomplete}.
   *
   * @param message which file, and how it differs
   */
  record Unverified(String message) implements Ending {}

  /** What the process ends with. */
  default ExitStatus status() {
    return switch (this) {
      case Done _ -> ExitStatus.DONE;
      case Incomplete _ -> ExitStatus.INCOMPLETE;
      case NoConnection _ -> ExitStatus.NO_CONNECTION;
      case CredentialsRefused _ -> ExitStatus.CREDENTIALS_REFUSED;
      case Unverified _ -> ExitStatus.UNVERIFIED;
    };
  }
}
