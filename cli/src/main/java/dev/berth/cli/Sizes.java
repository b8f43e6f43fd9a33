package dev.berth.cli;

/** Numbers of bytes as people read them: {@code 10.0 KiB}. */
final class Sizes {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Sizes() {}

  /** A number of bytes in the largest unit of which there is at least one. */
  static String format(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return tenths(value) + " " + UNITS[unit];
  }

  /**
   * A number that is not negative with one decimal place. {@code String.format} loads the data of
   * locales for that, which takes a tenth of the time of a short run.
   */
  static String tenths(double value) {
    long tenths = Math.round(value * 10);
    return tenths / 10 + "." + tenths % 10;
  }
}
