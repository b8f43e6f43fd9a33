package dev.berth.session;

/** Representation types that are done (RFC 959 section 3.1.1). */
enum RepresentationType {
  /** Text, whose lines end with CR LF on the way. */
  ASCII("A"),
  /** Bytes as they are. */
  IMAGE("I");

  private final String letter;

  RepresentationType(String letter) {
    this.letter = letter;
  }

  /** As TYPE has it. */
  String letter() {
    return letter;
  }
}
