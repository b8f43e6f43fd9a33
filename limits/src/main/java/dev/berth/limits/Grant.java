package dev.berth.limits;

/**
 * What became of asking a budget for a connection.
 *
 * @param <C> what a connection is to the caller
 */
public sealed interface Grant<C> {
  /** An idle connection of that account: use it, then {@link Permit#park} or leave. */
  record Reuse<C>(Permit<C> permit) implements Grant<C> {}

  /**
   * The right to open one connection, now: then {@link Permit#opened}, {@link Permit#refused} or
   * {@link Permit#unreachable}.
   */
  record Open<C>(Permit<C> permit) implements Grant<C> {}

  /**
   * A connection of another account is to give way: close {@link Permit#connection}, call {@link
   * Permit#left}, and take again with the same ticket, which keeps its turn.
   */
  record Evict<C>(Permit<C> permit) implements Grant<C> {}

  /** The deadline passed, or too many were waiting already; the explanation says which. */
  record TimedOut<C>(Explanation explanation) implements Grant<C> {}

  /** The budget was closed. */
  record Closed<C>() implements Grant<C> {}
}
