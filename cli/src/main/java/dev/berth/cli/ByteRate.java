package dev.berth.cli;

import dev.berth.client.DataSettings;
import dev.berth.transfer.Bandwidth;

/**
 * How fast files may be moved, as people write it: {@code 500K}, {@code 2.5M}, {@code unlimited}.
 */
sealed interface ByteRate {
  /** As fast as can be. */
  record Unlimited() implements ByteRate {}

  /**
   * No faster.
   *
   * @param bytesPerSecond of all files together
   */
  record Limited(long bytesPerSecond) implements ByteRate {}

  /** So often a second, at the least, a piece is moved where pieces can be that small. */
  int PIECES_PER_SECOND = 16;

  /** Smaller ones are mostly headers. */
  int SMALLEST_PIECE = 512;

  /**
   * Reads a rate in bytes a second; K, M and G behind it are powers of 1024.
   *
   * @throws IllegalArgumentException when it is none
   */
  static ByteRate parse(String text) {
    if (text.equals("unlimited")) {
      return new Unlimited();
    }
    int shift =
        switch (text.isEmpty() ? ' ' : Character.toUpperCase(text.charAt(text.length() - 1))) {
          case 'K' -> 10;
          case 'M' -> 20;
          case 'G' -> 30;
          default -> 0;
        };
    String number = shift == 0 ? text : text.substring(0, text.length() - 1);
    if (!isNumber(number)) {
      throw new IllegalArgumentException("not a rate; write 500K, 2.5M or unlimited");
    }
    double bytes = Double.parseDouble(number) * (1L << shift);
    if (bytes < Bandwidth.LEAST || bytes > (1L << 40)) {
      throw new IllegalArgumentException("from 1K to 1024G bytes a second, or unlimited");
    }
    return new Limited((long) bytes);
  }

  private static boolean isNumber(String text) {
    long points = text.chars().filter(c -> c == '.').count();
    return points <= 1
        && text.length() <= 15
        && text.chars().anyMatch(c -> c >= '0' && c <= '9')
        && text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  /** What the transfers share. */
  default Bandwidth bandwidth() {
    return switch (this) {
      case Unlimited _ -> Bandwidth.unlimited();
      case Limited limit -> Bandwidth.of(limit.bytesPerSecond());
    };
  }

  /** How much is moved at once, in bytes. */
  default int pieceBytes() {
    return switch (this) {
      case Unlimited _ -> DataSettings.WHOLE_PIECE;
      case Limited limit ->
          Math.clamp(
              limit.bytesPerSecond() / PIECES_PER_SECOND, SMALLEST_PIECE, DataSettings.WHOLE_PIECE);
    };
  }
}
