package dev.berth.session;

/**
 * Whether a client keeps a processor busy for nothing: by commands that do not exist, or ports that
 * it does not use. Confined to the session's thread.
 */
final class Nuisance {
  /** So many commands that do not exist people type, and programs try. */
  private static final int USUAL_UNKNOWN = 10;

  /** No client opens so many ports one after the other that it does not use. */
  private static final int USUAL_PORTS = 10;

  private static final int UNKNOWN_COMMAND = 500;

  private int unknown; // in a row

  /** It was answered so. */
  void answered(int code) {
    unknown = code == UNKNOWN_COMMAND ? unknown + 1 : 0;
  }

  /**
   * Whether it is one by now.
   *
   * @param unusedPorts in a row
   */
  boolean isOne(int unusedPorts) {
    return unknown > USUAL_UNKNOWN || unusedPorts > USUAL_PORTS;
  }
}
