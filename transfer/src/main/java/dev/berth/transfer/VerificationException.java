package dev.berth.transfer;

import java.io.IOException;

/** What arrived is not what was sent. */
final class VerificationException extends IOException {
  private static final long serialVersionUID = 1;

  VerificationException(String message) {
    super(message);
  }
}
