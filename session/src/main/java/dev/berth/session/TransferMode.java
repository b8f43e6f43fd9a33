package dev.berth.session;

/** Transfer modes that are done (RFC 959 section 3.4; Z: draft-preston-ftpext-deflate). */
enum TransferMode {
  /** Bytes, and the end of the connection is their end. */
  STREAM("S"),
  /** The same, deflated. */
  DEFLATE("Z");

  private final String letter;

  TransferMode(String letter) {
    this.letter = letter;
  }

  /** As MODE has it. */
  String letter() {
    return letter;
  }
}
