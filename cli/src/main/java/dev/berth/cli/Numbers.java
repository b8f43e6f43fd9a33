package dev.berth.cli;

/** Numbers as users write them. */
final class Numbers {
  private static final int MOST_DIGITS = 6;

  private Numbers() {}

  /**
   * The number written in at most six decimal digits; 0 for anything else, which no caller allows.
   */
  static int small(String digits) {
    // Not by a pattern: that costs a program's start more than all it reads.
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= MOST_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.parseInt(digits) : 0;
  }
}
