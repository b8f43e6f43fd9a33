package dev.berth.cli;

/** What a run of the program came to, as scripts see it. The numbers are a promise. */
enum ExitStatus {
  /** All that was asked for is done and checked. */
  DONE(0),
  /** A fault of Berth's own. */
  INTERNAL_ERROR(1),
  /** The command line or a settings file cannot be used; nothing was started. */
  USAGE(2),
  /** Some of it could not be done; each file that is missing is named. */
  INCOMPLETE(3),
  /** No connection within the time given (limit, ban, unreachable); nothing else was wrong. */
  NO_CONNECTION(4),
  /** The server does not accept the user or the password. */
  CREDENTIALS_REFUSED(5),
  /** Content came out different from its source. */
  UNVERIFIED(6),
  /** Ended by SIGINT, as shells number it: 128 + 2. */
  INTERRUPTED(130),
  /** Nobody reads standard output any more, as shells number it: 128 + SIGPIPE. */
  READER_GONE(141);

  private final int number;

  ExitStatus(int number) {
    this.number = number;
  }

  /** The number that the process ends with. */
  int number() {
    return number;
  }
}
