package dev.berth.transport;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** Makes the TLS engines of one control connection and its data connections. */
interface TlsEngines {
  /** An engine for the control connection, or for one data connection. */
  SSLEngine newEngine();

  /**
   * What the handshake of an engine made here has agreed on.
   *
   * @throws SSLException if the peer should have shown who it is, and has not
   */
  TlsDetails details(SSLEngine engine) throws SSLException;
}
