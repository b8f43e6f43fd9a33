package dev.berth.pool;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import java.io.IOException;

/** What became of asking a pool for a connection. */
public sealed interface Leasing {
  /**
   * The lease, for a caller that can only give up without one.
   *
   * @throws IOException with the {@link #reason}, if there is none
   */
  default Lease orElseThrow() throws IOException {
    if (this instanceof Leased leased) {
      return leased.lease();
    }
    throw new IOException(reason());
  }

  /**
   * Why there is no connection, in one sentence for people.
   *
   * @throws IllegalStateException if there is one
   */
  default String reason() {
    return switch (this) {
      case TimedOut late -> "no connection in time: " + late.explanation();
      case Refused refused -> "the server refused: " + refused.refusal().words();
      case Unreachable unreachable -> unreachable.reason();
      case Closed closed -> "the pool was closed";
      case Leased leased -> throw new IllegalStateException("a lease is no failure");
    };
  }

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
