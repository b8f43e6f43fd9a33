package dev.berth.wire;

/** What a client has sent up to an end of line. */
public sealed interface CommandLine {
  /** A command; whether there is such a one is another matter. */
  record Complete(Command command) implements CommandLine {}

  /** Something else; of its text, which may hold a password, nothing is kept. */
  record Malformed(Fault fault) implements CommandLine {}

  /** Why a line is no command. The connection goes on: 500 (RFC 959 section 4.2.1). */
  enum Fault {
    /** It does not begin with letters, or is empty. */
    NO_VERB,
    /** It holds a NUL, or a CR that ends no line. */
    CONTROL_CHARACTER,
    /** It was longer than commands may be, and was dropped. */
    TOO_LONG
  }
}
