package dev.berth.server;

/**
 * How much may stand in the home folder of an account.
 *
 * @param bytes the sizes of all files together; what has come of a cut upload counts
 * @param files how many files; folders and links are not counted
 */
public record Quota(Bound bytes, Bound files) {
  /** No quota. */
  public static final Quota NONE = new Quota(new Bound.None(), new Bound.None());

  /** Whether there is nothing to count for. */
  boolean isNone() {
    return equals(NONE);
  }
}
