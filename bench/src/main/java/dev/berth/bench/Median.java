package dev.berth.bench;

import java.util.List;

/** The middle one of some values, or of the two in the middle the mean. */
final class Median {
  private Median() {}

  /**
   * Of these.
   *
   * @param values at least one
   */
  static double of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
