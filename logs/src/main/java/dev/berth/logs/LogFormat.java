package dev.berth.logs;

/** How one program writes its lines. Has the state of one file; confined to one thread. */
interface LogFormat {
  /** Which log this is. */
  LogKind kind();

  /**
   * Reads one line, and tells what it says.
   *
   * @param line at its beginning; may be left anywhere
   */
  Reading read(Scan line, Notes notes);

  /** What became of a line. */
  enum Reading {
    /** It is of this kind. Perhaps it tells nothing of sessions. */
    UNDERSTOOD,
    /** It is another program's, in a log that many write to. */
    FOREIGN,
    /** It is not of this kind, or says something that is not known. */
    UNREAD
  }
}
