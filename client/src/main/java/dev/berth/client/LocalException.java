package dev.berth.client;

import java.io.IOException;

/**
 * The caller's own channel failed during a transfer: a full disk, a vanished file. The server is
 * not to blame.
 */
public final class LocalException extends IOException {
  private static final long serialVersionUID = 1;

  LocalException(IOException cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }
}
