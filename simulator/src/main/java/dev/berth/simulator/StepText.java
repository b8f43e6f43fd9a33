package dev.berth.simulator;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one step of limits that change by time. */
final class StepText {
  private static final Pattern STEP =
      Pattern.compile("(?:then\\s+)?(\\d{1,7})(?:\\s+for\\s+(\\d{1,7})\\s?(ms|s|m))?");

  private StepText() {}

  /** {@code 2 for 10s}, or {@code 2}. */
  static Fault.LimitPerAddress.Step read(String text) {
    Matcher step = STEP.matcher(text);
    if (!step.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is no limit: write 2, or 2 for 10s");
    }
    Duration time =
        step.group(2) == null
            ? Duration.ofDays(1)
            : time(Long.parseLong(step.group(2)), step.group(3));
    return new Fault.LimitPerAddress.Step(Integer.parseInt(step.group(1)), time);
  }

  /** As in masks and limits: {@code 300s}. */
  static Duration time(String text) {
    Matcher step = STEP.matcher("1 for " + text);
    if (!step.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is no time: write 300s");
    }
    return time(Long.parseLong(step.group(2)), step.group(3));
  }

  private static Duration time(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }
}
