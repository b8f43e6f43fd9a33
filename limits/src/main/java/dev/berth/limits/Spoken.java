package dev.berth.limits;

import java.time.Duration;

/** Times as people say them. */
final class Spoken {
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
}
