package dev.berth.limits;

import java.time.Duration;

/** Times and words as they stand in messages and files. */
final class Spoken {
  private static final int LONGEST = 200;

  private Spoken() {}

  /** A time in its one fitting unit, rounded down: "40 s", "3 min", "5 h", "12 d". */
  static String time(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min";
    }
    if (seconds < 172_800) {
      return seconds / 3600 + " h";
    }
    return seconds / 86_400 + " d";
  }

  /**
   * A server's words as one line of at most 200 characters: they go into files and onto terminals,
   * and peers are hostile.
   */
  static String oneLine(String words) {
    StringBuilder line = new StringBuilder();
    words
        .codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
        .limit(LONGEST)
        .forEach(line::appendCodePoint);
    return line.toString().strip();
  }
}
