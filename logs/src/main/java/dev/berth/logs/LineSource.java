package dev.berth.logs;

import java.io.IOException;
import java.io.InputStream;

/**
 * The lines of a file, one after the other, in a buffer that is used again. Confined to one thread.
 * A line longer than {@value #LONGEST} bytes is told by its beginning, the rest is passed over: so
 * no file can make this grow.
 */
final class LineSource {
  /** The longest line that is told whole, in bytes. */
  static final int LONGEST = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 18];
  private int from; // the first byte that was not told yet
  private int to; // behind the last byte that was read
  private int lineFrom;
  private int lineTo;
  private long number;
  private boolean isCut;
  private boolean isAtEnd;

  LineSource(InputStream in) {
    this.in = in;
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end of the file; a last line without an end counts as one
   */
  boolean next() throws IOException {
    int searched = from;
    while (true) {
      int end = indexOfEnd(searched);
      if (end < to) {
        tell(end, end + 1);
        return true;
      }
      if (to - from > LONGEST) {
        return cut();
      }
      searched = to - from; // from where to look on, once the line stands at the beginning
      if (!fill()) {
        if (from == to) {
          return false;
        }
        tell(to, to);
        return true;
      }
      searched += from;
    }
  }

  private boolean cut() throws IOException {
    isCut = true;
    lineFrom = 0;
    lineTo = LONGEST;
    number++;
    System.arraycopy(buffer, from, buffer, 0, LONGEST);
    from = LONGEST;
    to = LONGEST;
    while (!isAtEnd) {
      int read = in.read(buffer, LONGEST, buffer.length - LONGEST);
      isAtEnd = read < 0;
      to = LONGEST + Math.max(0, read);
      int end = indexOfEnd(LONGEST);
      if (end < to) {
        from = end + 1;
        return true;
      }
    }
    from = to;
    return true;
  }

  private void tell(int end, int next) {
    isCut = end - from > LONGEST;
    int whole = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
    lineFrom = from;
    lineTo = isCut ? from + LONGEST : whole;
    from = next;
    number++;
  }

  private int indexOfEnd(int start) {
    int at = start;
    while (at < to && buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  /** Reads more, what is left of the old at the beginning; false at the end of the file. */
  private boolean fill() throws IOException {
    if (isAtEnd) {
      return false;
    }
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    int read = in.read(buffer, to, buffer.length - to);
    isAtEnd = read < 0;
    to += Math.max(0, read);
    return !isAtEnd;
  }

  /** The line, to be read before the next one. */
  void scan(Scan scan) {
    scan.over(buffer, lineFrom, lineTo);
  }

  /** Its number, from 1. */
  long number() {
    return number;
  }

  /** Whether it was longer than what is told of it. */
  boolean isCut() {
    return isCut;
  }
}
