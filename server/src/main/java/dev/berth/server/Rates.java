package dev.berth.server;

/**
 * How many bytes of files all sessions of an account together may move in a second.
 *
 * @param retrieved towards the clients; at least {@value Pacer#LEAST}
 * @param stored from the clients; at least {@value Pacer#LEAST}
 */
public record Rates(Bound retrieved, Bound stored) {
  /** As fast as can be. */
  public static final Rates NONE = new Rates(new Bound.None(), new Bound.None());

  public Rates {
    check(retrieved);
    check(stored);
  }

  private static void check(Bound rate) {
    if (rate instanceof Bound.AtMost(long amount) && amount < Pacer.LEAST) {
      throw new IllegalArgumentException("at least " + Pacer.LEAST + " bytes a second: " + amount);
    }
  }
}
