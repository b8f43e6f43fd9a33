package dev.berth.cli;

/** How many connections the server allows, as far as the user says. */
sealed interface LimitChoice {
  /** Berth finds out. */
  record ToLearn() implements LimitChoice {}

  /**
   * The user knows.
   *
   * @param connections 1 to 1000
   */
  record Known(int connections) implements LimitChoice {
    public Known {
      if (connections < 1 || connections > 1000) {
        throw new IllegalArgumentException("not a number from 1 to 1000");
      }
    }
  }

  /**
   * Reads a number.
   *
   * @throws IllegalArgumentException when it is none
   */
  static LimitChoice parse(String text) {
    return new Known(Numbers.small(text));
  }
}
