package dev.berth.cli;

/** How many files a job moves at once, at most. */
sealed interface Parallel {
  /** As many as pays off: Berth's own choice. */
  record Auto() implements Parallel {}

  /**
   * The user's choice.
   *
   * @param files 1 to 64
   */
  record Files(int files) implements Parallel {
    public Files {
      if (files < 1 || files > 64) {
        throw new IllegalArgumentException("not a number from 1 to 64, nor 'auto'");
      }
    }
  }

  /**
   * Reads {@code auto} or a number.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static Parallel parse(String text) {
    return text.equals("auto") ? new Auto() : new Files(Numbers.small(text));
  }
}
