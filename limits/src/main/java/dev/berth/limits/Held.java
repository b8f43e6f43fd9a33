package dev.berth.limits;

import java.util.List;

/**
 * How many connections of ours the server had, at one moment. What counts depends on what is
 * concluded from it: {@link Places#open}, {@link Places#mayCount}.
 *
 * @param address over all accounts
 * @param account of the account in question; at most {@code address}
 * @param outsiders programs that are no Berths, one for each connection that they had beside
 */
record Held(int address, int account, List<Outsider> outsiders) {
  static final Held NONE = new Held(0, 0);

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

  /** The larger of both counts, beside these outsiders. */
  Held atLeast(Held other) {
    return new Held(Math.max(address, other.address), Math.max(account, other.account), outsiders);
  }

  /** Without one connection of the account. */
  Held withoutOne() {
    return new Held(address - 1, account - 1, outsiders);
  }
}
