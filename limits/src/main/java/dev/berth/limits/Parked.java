package dev.berth.limits;

/** What becomes of a connection that is given back. */
public enum Parked {
  /** It was kept, or handed on; whoever gave it back must not touch it any more. */
  KEPT,
  /**
   * It is not wanted: more are open than the server allows, or the budget was closed. Whoever gave
   * it back closes it and then calls {@link Permit#left}.
   */
  RETIRE
}
