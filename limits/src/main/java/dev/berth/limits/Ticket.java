package dev.berth.limits;

import java.time.Instant;

/**
 * A turn in the queue of a budget. It keeps its turn: who was told to close another's connection,
 * or was refused by the server, comes back with the same ticket and stands where it stood. Made by
 * {@link Budget#ticket}.
 *
 * @param number lower is earlier, among those to whom equally much is due
 * @param wish what is wanted, and for whom
 * @param since since when it is wanted
 */
public record Ticket(long number, Wish wish, Instant since) {
  /** For which account a connection is wanted. */
  public Account account() {
    return wish.account();
  }

  /** For what, in words for messages, such as {@code mirror /pub}; never a secret. */
  public String purpose() {
    return wish.purpose();
  }

  boolean isBrief() {
    return wish.use() == Wish.Use.BRIEF;
  }

  boolean isLong() {
    return wish.use() == Wish.Use.LONG;
  }

  /** Whether an idle connection will do. */
  public boolean takesAny() {
    return wish.wanted() == Wish.Wanted.ANY;
  }
}
