package dev.berth.limits;

/**
 * How many connections we held that worked, at one moment: logged in and not yet gone.
 *
 * @param address over all accounts
 * @param account of the account in question; at most {@code address}
 */
public record Held(int address, int account) {
  public Held {
    if (account < 0 || account > address) {
      throw new IllegalArgumentException("held " + account + " of " + address);
    }
  }

  /** Without one connection of the account. */
  Held withoutOne() {
    return new Held(address - 1, account - 1);
  }
}
