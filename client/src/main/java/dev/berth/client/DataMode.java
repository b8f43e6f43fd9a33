package dev.berth.client;

/** Who connects for a transfer: we (passive mode) or the server (active mode). */
public enum DataMode {
  /**
   * Passive, and active on a server where passive has proved impossible and never worked: it was
   * refused for good, or its port could not be reached, nor on another connection.
   */
  AUTO,
  /** EPSV, or PASV. */
  PASSIVE,
  /** EPRT, or PORT. */
  ACTIVE
}
