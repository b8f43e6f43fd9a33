package dev.berth.client;

import dev.berth.wire.Command;

/** What goes after ACCT, for the few servers that ask for an account (RFC 959 section 4.1.1). */
public sealed interface LoginAccount {
  /** None was given. */
  record None() implements LoginAccount {}

  /** An account; some servers take a second password for it. */
  record Named(Secret name) implements LoginAccount {
    public Named {
      if (name.reveal().isEmpty()) {
        throw new IllegalArgumentException("no account");
      }
      Command.of("ACCT", name.reveal());
    }
  }
}
