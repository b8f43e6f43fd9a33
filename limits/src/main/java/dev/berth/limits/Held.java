package dev.berth.limits;

import java.util.List;

/**
 * How many connections of ours the server had, at one moment. What counts depends on what is
 * concluded from it: {@link Places#open}, {@link Places#mayCount}.
 *
 * @param address over all accounts
 * @param account of the account in question; at most {@code address}
 * @param isProof whether any of them is open for certain: else what was closed may be no more than
 *     ghosts, and a refusal beside them tells nothing of a limit
 * @param outsiders programs that are no Berths, one for each connection that they had beside
 */
record Held(int address, int account, boolean isProof, List<Outsider> outsiders) {
  static final Held NONE = new Held(0, 0);

  /** Nobody else had any, as far as we saw. */
  public Held(int address, int account) {
    this(address, account, address > 0, List.of());
  }

  public Held {
    outsiders = List.copyOf(outsiders);
    if (account < 0 || account > address) {
      throw new IllegalArgumentException("held " + account + " of " + address);
    }
  }

  /** The larger of both counts, as far as they prove anything, beside these outsiders. */
  Held atLeast(Held other) {
    return new Held(
        Math.max(proven(address), other.proven(other.address)),
        Math.max(proven(account), other.proven(other.account)),
        isProof || other.isProof,
        outsiders);
  }

  private int proven(int count) {
    return isProof ? count : 0;
  }

  /** Without one connection of the account. */
  Held withoutOne() {
    return new Held(address - 1, account - 1, isProof, outsiders);
  }
}
