package dev.berth.cli;

/** How {@code ftp://} connections are protected: the words of {@code --tls} (RFC 4217). */
enum Tls {
  /** Encrypted where the server offers it. */
  AUTO,
  /** Encrypted, or not at all. */
  REQUIRE,
  /** In the clear. */
  OFF;

  /**
   * Reads the option's word.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Tls parse(String text) {
    return switch (text) {
      case "auto" -> AUTO;
      case "require" -> REQUIRE;
      case "off" -> OFF;
      default -> throw new IllegalArgumentException("neither auto, require nor off");
    };
  }
}
