package dev.berth.limits;

import java.util.List;

/**
 * How many connections we held that worked, at one moment: logged in and not yet gone.
 *
 * @param address over all accounts
 * @param account of the account in question; at most {@code address}
 * @param outsiders programs that are no Berths, one for each connection that they had beside
 */
record Held(int address, int account, List<Outsider> outsiders) {
  /** Nobody else had any, as far as we saw. */
  public Held(int address, int account) {
    this(address, account, List.of());
  }

  public Held {
    outsiders = List.copyOf(outsiders);
    if (account < 0 || account > address) {
      throw new IllegalArgumentException("held " + account + " of " + address);
    }
  }

  /** Without one connection of the account. */
  Held withoutOne() {
    return new Held(address - 1, account - 1, outsiders);
  }
}
