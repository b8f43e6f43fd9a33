package dev.berth.cli;

/** Numbers as users write them. */
final class Numbers {
  private Numbers() {}

  /**
   * The number written in at most six decimal digits; 0 for anything else, which no caller allows.
   */
  static int small(String digits) {
    return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : 0;
  }
}
