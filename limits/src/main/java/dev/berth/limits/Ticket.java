package dev.berth.limits;

import java.time.Instant;

/**
 * A turn in the queue of a budget. It keeps its turn: who was told to close another's connection,
 * or was refused by the server, comes back with the same ticket and stands where it stood. Made by
 * {@link Budget#ticket}.
 *
 * @param number its turn: lower is earlier
 * @param account for which account a connection is wanted
 * @param purpose for what, in words for messages, such as {@code mirror /pub}; never a secret
 * @param since since when it is wanted
 * @param wanted whether an idle connection will do
 */
public record Ticket(long number, Account account, String purpose, Instant since, Wanted wanted) {
  /** Whether an idle connection will do. */
  public enum Wanted {
    /** It will. */
    ANY,
    /** It will not: only the right to open one, to see that a password is right. */
    NEW
  }
}
