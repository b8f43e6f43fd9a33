package dev.berth.server;

/** The most that is allowed of something. */
public sealed interface Bound {
  /** As much as there is. */
  record None() implements Bound {}

  /**
   * So much and no more.
   *
   * @param amount bytes, files, or bytes a second; not negative
   */
  record AtMost(long amount) implements Bound {
    public AtMost {
      if (amount < 0) {
        throw new IllegalArgumentException("less than nothing: " + amount);
      }
    }
  }
}
