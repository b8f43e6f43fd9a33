package dev.berth.limits;

/**
 * On whose behalf a connection is wanted, and how much is due to them. Connections are shared among
 * accounts, and what an account has among its clients. Immutable.
 *
 * @param client who of the account's clients: those of one name share what is due to one
 * @param ofAccount how many times as much as an account of weight 1 this one may have; 1 to 1,000
 * @param ofClient likewise among the clients of the account
 */
public record Share(String client, int ofAccount, int ofClient) {
  /** Nobody in particular. */
  public static final Share EQUAL = new Share("", 1, 1);

  /** The largest weight. */
  public static final int MOST = 1000;

  public Share {
    if (ofAccount < 1 || ofAccount > MOST || ofClient < 1 || ofClient > MOST) {
      throw new IllegalArgumentException(
          "a weight is from 1 to " + MOST + ": " + ofAccount + ", " + ofClient);
    }
  }
}
