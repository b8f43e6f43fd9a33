package dev.berth.client;

/** Whether the connection is protected by TLS (RFC 4217). */
public enum TlsUse {
  /** AUTH TLS is tried; a server that refuses it is used without. */
  AUTO,
  /** AUTH TLS must succeed, and the data connections are protected too. */
  REQUIRED,
  /** Never. */
  OFF,
  /** TLS before the first byte, as on port 990. */
  IMPLICIT
}
