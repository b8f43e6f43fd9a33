package dev.berth.session;

import java.time.Duration;

/**
 * How long a session may rest before it is ended, and with which words; see docs/server.md. {@link
 * #NEVER} for no bound.
 *
 * @param login from the greeting to a login that succeeded
 * @param idle without any command, and without a transfer
 * @param noTransfer logged in and without any transfer or listing
 * @param stalled within a transfer, without at least 256 bytes
 * @param session from the greeting to the end, a running transfer excepted
 * @param dataConnection from the command that needs a data connection until there is one
 */
public record Timers(
    Duration login,
    Duration idle,
    Duration noTransfer,
    Duration stalled,
    Duration session,
    Duration dataConnection) {
  /** Longer than any session. */
  public static final Duration NEVER = Duration.ofDays(70 * 365);

  public Timers {
    requirePositive("login", login);
    requirePositive("idle", idle);
    requirePositive("noTransfer", noTransfer);
    requirePositive("stalled", stalled);
    requirePositive("session", session);
    requirePositive("dataConnection", dataConnection);
  }

  private static void requirePositive(String name, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("timer " + name + " has to be positive: " + time);
    }
  }

  /** As they are unless set: what clients on slow lines bear, and ghosts do not outlive. */
  public static Timers usual() {
    return new Timers(
        Duration.ofSeconds(60),
        Duration.ofMinutes(5),
        NEVER,
        Duration.ofSeconds(60),
        NEVER,
        Duration.ofSeconds(30));
  }
}
