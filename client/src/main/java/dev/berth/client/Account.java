package dev.berth.client;

import dev.berth.wire.Command;

/** What goes after ACCT, for the few servers that ask for an account (RFC 959 section 4.1.1). */
public sealed interface Account {
  /** None was given. */
  record None() implements Account {}

  /** An account; some servers take a second password for it. */
  record Named(Secret name) implements Account {
    public Named {
      Command.of("ACCT", name.reveal());
    }
  }
}
