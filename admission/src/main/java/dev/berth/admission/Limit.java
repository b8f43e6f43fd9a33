package dev.berth.admission;

/**
 * How many at the most, and what happens to the next.
 *
 * @param most 1 to 1,000,000
 * @param policy what happens to who comes when there are so many
 */
public record Limit(int most, Policy policy) {
  public Limit {
    if (most < 1 || most > 1_000_000) {
      throw new IllegalArgumentException("limit: most = " + most + " must be 1 to 1,000,000");
    }
  }

  /** Whoever comes when there are so many is turned away. */
  public static Limit refusing(int most) {
    return new Limit(most, new Policy.Refuse());
  }
}
