package dev.berth.client;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;

/** How an attempt to open a connection and to log in ended. */
public sealed interface Opening {
  /** Logged in. The caller closes the connection. */
  record Opened(FtpConnection connection) implements Opening {}

  /**
   * The server turned us away, with a reply or by closing; the connection is closed.
   *
   * @param refusal what it said
   * @param phase at what point of the login
   */
  record Refused(Refusal refusal, Phase phase) implements Opening {}

  /**
   * No connection came about: the name is unknown, nobody listens, or nothing answered in time.
   *
   * @param reason what was tried and what came of it
   */
  record Unreachable(String reason) implements Opening {}
}
