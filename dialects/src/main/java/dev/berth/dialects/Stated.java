package dev.berth.dialects;

/** What number a reply states, if any: a limit in connections, or a time in seconds. */
public sealed interface Stated {
  /**
   * The reply states this number.
   *
   * @param value at least 0
   */
  record Figure(int value) implements Stated {
    public Figure {
      if (value < 0) {
        throw new IllegalArgumentException("a stated number is not negative: " + value);
      }
    }
  }

  /** The reply states no number. */
  record Nothing() implements Stated {}
}
