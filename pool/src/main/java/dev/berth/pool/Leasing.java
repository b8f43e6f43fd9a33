package dev.berth.pool;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;

/** What became of asking a pool for a connection. */
public sealed interface Leasing {
  /** Here it is. The caller closes the lease. */
  record Leased(Lease lease) implements Leasing {}

  /**
   * The deadline passed first.
   *
   * @param explanation one sentence: what was waited for, who held the connections, what the server
   *     said last
   */
  record TimedOut(String explanation) implements Leasing {}

  /**
   * The server does not want these credentials, or us; waiting would change nothing. The pool will
   * not show the same credentials again.
   *
   * @param refusal with the server's words
   * @param phase at what point of the login
   */
  record Refused(Refusal refusal, Phase phase) implements Leasing {}

  /**
   * The server cannot be reached, and never was.
   *
   * @param reason what was tried and what came of it
   */
  record Unreachable(String reason) implements Leasing {}

  /** The pool was closed. */
  record Closed() implements Leasing {}
}
