package dev.berth.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them: {@code 30s}, {@code 5m}, {@code 1h30m}, {@code 250ms}. */
public final class DurationText {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:(\\d{1,5})d)?(?:(\\d{1,7})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  /** Far from what overflows when it is counted in nanoseconds, and that a few times over. */
  private static final Duration LONGEST = Duration.ofDays(10_000);

  private DurationText() {}

  /**
   * Reads a span of time; a bare number counts seconds.
   *
   * @throws IllegalArgumentException when it is none, or longer than 10,000 days
   */
  public static Duration parse(String text) {
    Duration span = read(text);
    if (span.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a duration of more than 10,000 days");
    }
    return span;
  }

  private static Duration read(String text) {
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    Matcher shape = SHAPE.matcher(text);
    if (text.isEmpty() || !shape.matches()) {
      throw new IllegalArgumentException("not a duration; write 30s, 5m or 1h30m");
    }
    return Duration.ofDays(part(shape, 1))
        .plusHours(part(shape, 2))
        .plusMinutes(part(shape, 3))
        .plusSeconds(part(shape, 4))
        .plusMillis(part(shape, 5));
  }

  private static long part(Matcher shape, int group) {
    String digits = shape.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** The span with its two greatest units, as in {@code 1h05m}, {@code 40s}; never negative. */
  public static String format(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return "%dm%02ds".formatted(seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return "%dh%02dm".formatted(seconds / 3600, seconds / 60 % 60);
    }
    return "%dd%02dh".formatted(seconds / 86_400, seconds / 3600 % 24);
  }
}
