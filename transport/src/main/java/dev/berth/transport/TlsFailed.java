package dev.berth.transport;

import java.io.IOException;

/**
 * TLS could not be set up, or broke: no version or cipher in common, bytes that are not TLS, an
 * alert from the peer. The connection is closed. The message names the peer.
 */
public sealed class TlsFailed extends IOException permits CertificateRejected, PlainAnswer {
  private static final long serialVersionUID = 1;

  TlsFailed(String message) {
    super(message);
  }

  TlsFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
