package dev.berth.cli;

import dev.berth.settings.DurationText;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * The options that only {@code berth probe} has.
 *
 * @param isQuick {@code --quick}
 * @param isWriting {@code --write}
 * @param isInterrupting {@code --noop}
 */
record ProbeOptions(
    boolean isQuick,
    boolean isWriting,
    boolean isInterrupting,
    Optional<Integer> most,
    Optional<Duration> idle) {
  private static final int MOST = 64;

  /**
   * Reads them.
   *
   * @throws UsageException when a value is none, or two exclude each other
   */
  static ProbeOptions of(ParseResult parsed) {
    boolean isQuick = parsed.hasMatchedOption(OptionTable.QUICK);
    Optional<Integer> most = value(parsed, OptionTable.CONNECTIONS).map(ProbeOptions::count);
    if (isQuick && most.isPresent()) {
      throw new UsageException("--quick opens one connection: leave out --connections");
    }
    return new ProbeOptions(
        isQuick,
        parsed.hasMatchedOption(OptionTable.WRITE),
        parsed.hasMatchedOption(OptionTable.NOOP),
        most,
        value(parsed, OptionTable.IDLE).map(ProbeOptions::span));
  }

  /** {@code --connections}, or this. */
  int connections(int fallback) {
    return most.orElse(fallback);
  }

  private static Optional<String> value(ParseResult parsed, String option) {
    return Optional.ofNullable(parsed.matchedOptionValue(option, null));
  }

  private static int count(String text) {
    boolean isNumber =
        text.length() <= 3 && !text.isEmpty() && text.chars().allMatch(ProbeOptions::isDigit);
    int count = isNumber ? Integer.parseInt(text) : 0;
    if (count < 1 || count > MOST) {
      throw new UsageException("--connections=" + text + ": not a number from 1 to " + MOST);
    }
    return count;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static Duration span(String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--idle=" + text + ": " + Failures.reason(e));
    }
  }
}
