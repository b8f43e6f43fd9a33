package dev.berth.client;

import dev.berth.transport.LocalPorts;

/**
 * How data connections come about.
 *
 * @param mode who connects
 * @param activePorts where we await the server's connections in active mode
 */
public record DataSettings(DataMode mode, LocalPorts activePorts) {
  /** Passive where that works, active on any port else. */
  public static DataSettings standard() {
    return new DataSettings(DataMode.AUTO, LocalPorts.any());
  }
}
