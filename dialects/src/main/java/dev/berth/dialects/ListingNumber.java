package dev.berth.dialects;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Sizes as listings write them. None is negative, none overflows: such a one is no size. */
final class ListingNumber {
  /**
   * Of {@code dir}, by the country of Windows: comma, dot, apostrophe, spaces that do not break.
   */
  private static final Pattern GROUPED =
      Pattern.compile("\\d{1,3}(?:([,.'\\u2019\\u00a0\\u202f])\\d{3})(?:\\1\\d{3})*");

  private static final Pattern SEPARATORS = Pattern.compile("[,.'\\u2019\\u00a0\\u202f]");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,30}");

  private ListingNumber() {}

  /** Digits alone. */
  static OptionalLong plain(String text) {
    if (!DIGITS.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException overflow) {
      return OptionalLong.empty();
    }
  }

  /** Digits alone, or with separators between thousands. */
  static OptionalLong grouped(String text) {
    boolean grouped = text.length() < 40 && GROUPED.matcher(text).matches();
    return plain(grouped ? SEPARATORS.matcher(text).replaceAll("") : text);
  }
}
