package dev.berth.dialects;

import dev.berth.dialects.Modified.Precision;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time of day, and how exactly it is told. */
record TimeOfDay(LocalTime time, Precision precision) {
  /** Hour and minute, perhaps seconds and a fraction; parted by colons, dots or commas. */
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,2})[:.,](\\d{2})(?:[:.,](\\d{2})(?:[.,](\\d{1,9}))?)?");

  /** Whether a text has the form of a time, though it may be none ({@code 24:10}). */
  static boolean isShaped(String text) {
    return SHAPE.matcher(text).matches();
  }

  /** The time of a text such as {@code 9:03}, {@code 09.03.05} or {@code 09:03:05.25}. */
  static Optional<TimeOfDay> read(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      return Optional.empty();
    }
    int second = shape.group(3) == null ? 0 : number(shape, 3);
    String fraction = shape.group(4) == null ? "" : shape.group(4);
    int nano = Integer.parseInt((fraction + "000000000").substring(0, 9));
    try {
      LocalTime time = LocalTime.of(number(shape, 1), number(shape, 2), second, nano);
      return Optional.of(new TimeOfDay(time, precision(shape)));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private static Precision precision(Matcher shape) {
    if (shape.group(3) == null) {
      return Precision.MINUTE;
    }
    return shape.group(4) == null ? Precision.SECOND : Precision.FRACTION;
  }

  private static int number(Matcher shape, int group) {
    return Integer.parseInt(shape.group(group));
  }
}
