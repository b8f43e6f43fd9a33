package dev.berth.admission;

import java.time.Duration;
import java.util.List;

/** Texts and checks that several values here share. */
final class Words {
  private static final int LONGEST_NAME = 64;

  private Words() {}

  /** Nothing in it ends a line or moves a cursor: a question mark stands for what would. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '?' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }

  /** A name that somebody else has chosen, in one line and not too long. */
  static String name(String text) {
    String line = oneLine(text);
    return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "...";
  }

  /** {@code address 192.0.2.7}, {@code network 192.0.2.0/24}. */
  static String range(String network) {
    return (network.indexOf('/') < 0 ? "address " : "network ") + network;
  }

  /** {@code 38 s}, {@code 12 min}, {@code 3 h}; less than a second is one. */
  static String time(Duration time) {
    long seconds = Math.max(1, time.plusMillis(999).toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? (seconds + 59) / 60 + " min" : (seconds + 3599) / 3600 + " h";
  }

  static boolean isPositive(Duration time) {
    return !time.isNegative() && !time.isZero();
  }

  /** Notes a fault unless the value is right. */
  static void check(List<String> faults, boolean right, String key, Object value, String range) {
    if (!right) {
      faults.add(key + " = " + value + " must be " + range);
    }
  }

  static void stop(String what, List<String> faults) {
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(what + ": " + String.join("; ", faults));
    }
  }
}
