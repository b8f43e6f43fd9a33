package dev.berth.monitor;

import dev.berth.gateway.GatewaySnapshot;

/** A gateway that runs, as far as operators see and steer it. Any thread may call it. */
public interface Watched {
  /** What comes before the gateway itself. */
  record Door(long sessions, long waiting, long turnedAway) {}

  /** How the gateway is now. */
  GatewaySnapshot snapshot();

  /** Who has come so far, logged in or not. */
  Door door();

  /**
   * See {@link dev.berth.gateway.Gateway#pause}.
   *
   * @throws IllegalArgumentException if there is no such upstream
   */
  void pause(String upstream);

  /** Likewise. */
  void resume(String upstream);

  /** Likewise. */
  void reconnect(String upstream);

  /** Ends a session; answers whether there is such a one. */
  boolean end(long session);

  /** Has the settings read again, soon. */
  void reload();
}
