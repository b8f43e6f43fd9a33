package dev.berth.logs;

/** How one program writes its lines. Has the state of one file; confined to one thread. */
abstract class LogFormat {
  private final LogKind kind;
  private final Times times;

  LogFormat(LogKind kind, Times times) {
    this.kind = kind;
    this.times = times;
  }

  /** Which log this is. */
  final LogKind kind() {
    return kind;
  }

  /** Reads the times of the file. */
  final Times times() {
    return times;
  }

  /**
   * Reads one line, and tells what it says.
   *
   * @param line at its beginning; may be left anywhere
   */
  abstract Reading read(Scan line, Notes notes);

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
