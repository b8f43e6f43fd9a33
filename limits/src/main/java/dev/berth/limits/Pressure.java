package dev.berth.limits;

/**
 * How many have waited for a connection for some time. Immutable.
 *
 * @param brief who want it for one command, a login or a listing
 * @param longer all others
 */
public record Pressure(int brief, int longer) {
  /** Nobody waits, or what is given back would help nobody. */
  public static final Pressure NONE = new Pressure(0, 0);

  public Pressure {
    if (brief < 0 || longer < 0) {
      throw new IllegalArgumentException("fewer than nobody: " + brief + ", " + longer);
    }
  }

  /** How many they are. */
  public int all() {
    return brief + longer;
  }
}
