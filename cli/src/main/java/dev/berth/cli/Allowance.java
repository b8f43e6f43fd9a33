package dev.berth.cli;

/** How many connections a server allows, as far as Berth knows. */
sealed interface Allowance {
  /** No limit was met, stated or remembered. */
  record Unknown() implements Allowance {}

  /**
   * A limit.
   *
   * @param connections at least 1
   * @param evidence how it is known, in a few words: {@code stated by the server just now}
   */
  record Of(int connections, String evidence) implements Allowance {}
}
