package dev.berth.wire;

import java.io.IOException;

/**
 * The peer sent bytes that are not FTP, or more of them than any honest peer sends. The connection
 * is not usable.
 */
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what was expected, and what came instead
   */
  public ProtocolException(String message) {
    super(message);
  }
}
