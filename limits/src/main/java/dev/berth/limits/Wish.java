package dev.berth.limits;

/**
 * What somebody wants of a budget, and for whom. Immutable.
 *
 * @param account for which account a connection is wanted
 * @param purpose for what, in words for messages, such as {@code mirror /pub}; never a secret
 * @param wanted whether an idle connection will do
 * @param use how long it will be held
 * @param share among whom it is to be fair
 */
public record Wish(Account account, String purpose, Wanted wanted, Use use, Share share) {
  /** Whether an idle connection will do. */
  public enum Wanted {
    /** It will. */
    ANY,
    /** It will not: only the right to open one, to see that a password is right. */
    NEW
  }

  /** How long a connection will be held. */
  public enum Use {
    /** For one command, or a login: it goes first, and has a connection that is kept for it. */
    BRIEF,
    /** Perhaps for long: a transfer, or a whole job. */
    LONG,
    /**
     * To the end of a session, whatever it does with it: it goes with the long ones, and leaves
     * nothing to brief ones, for there it has none but its own.
     */
    KEPT
  }

  /** Any connection, perhaps for long, on behalf of nobody in particular. */
  public static Wish of(Account account, String purpose) {
    return new Wish(account, purpose, Wanted.ANY, Use.LONG, Share.EQUAL);
  }
}
