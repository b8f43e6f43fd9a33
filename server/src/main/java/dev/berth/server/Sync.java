package dev.berth.server;

/** When what was stored is forced to the disk. */
public enum Sync {
  /** Every write, and the folder when the file has its name: a file that was confirmed is there. */
  ALWAYS,
  /**
   * The file before it gets its name: after a power cut a file that has its name is whole, though
   * the last ones confirmed may not be there.
   */
  AT_KEEP,
  /** Whenever the system likes: after a power cut a new file may be empty, or hold zeros. */
  NEVER
}
