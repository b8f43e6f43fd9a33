package dev.berth.pool;

/** What a pool does when the server cannot be reached and never was. */
public enum WhenUnreachable {
  /** Tells so at once: most likely the address is wrong. */
  TELL,
  /** Tries again, ever more rarely, until the deadline. */
  KEEP_TRYING
}
