package dev.berth.bench;

import java.util.EnumSet;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param parts at least one
 * @param rounds counted rounds, at least 1
 * @param files how many small files, at least 10
 */
record Options(Set<Part> parts, int rounds, int files) {
  static final String USAGE =
      "usage: bench/run [--rounds N] [--part small|big|up|start]... [--files N]";

  /** What can be measured on its own. */
  enum Part {
    /** Many small files from a server. */
    SMALL,
    /** One big file from a server. */
    BIG,
    /** Both to a server. */
    UP,
    /** Starting and ending the program. */
    START
  }

  Options {
    parts = Set.copyOf(parts);
    if (rounds < 1 || files < 10) {
      throw new IllegalArgumentException("at least 1 round and 10 files");
    }
  }

  /**
   * Reads the arguments of the command line.
   *
   * @throws IllegalArgumentException for what it does not know
   */
  static Options of(String... arguments) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    int rounds = 3;
    int files = 2000;
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value");
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--part" -> parts.add(Part.valueOf(value.toUpperCase(java.util.Locale.ROOT)));
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--files" -> files = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("unknown option: " + arguments[i]);
      }
    }
    return new Options(parts.isEmpty() ? EnumSet.allOf(Part.class) : parts, rounds, files);
  }
}
