package dev.berth.client;

import dev.berth.transport.LocalPorts;

/**
 * How data connections come about.
 *
 * @param mode who connects
 * @param activePorts where we await the server's connections in active mode
 * @param pieceBytes how much of a file is moved at once, at the most; little where files are to be
 *     moved slowly, so that the server never waits long for the next piece
 */
public record DataSettings(DataMode mode, LocalPorts activePorts, int pieceBytes) {
  /** So much is moved at once where nobody slows it down. */
  public static final int WHOLE_PIECE = 256 * 1024;

  public DataSettings {
    if (pieceBytes < 1) {
      throw new IllegalArgumentException("a piece has at least one byte: " + pieceBytes);
    }
  }

  /** As fast as can be. */
  public DataSettings(DataMode mode, LocalPorts activePorts) {
    this(mode, activePorts, WHOLE_PIECE);
  }

  /** Passive where that works, active on any port else. */
  public static DataSettings standard() {
    return new DataSettings(DataMode.AUTO, LocalPorts.any());
  }
}
