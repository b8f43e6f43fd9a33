package dev.berth.session;

import java.time.Duration;

/**
 * Why a session is ended from this side. Each has its own words in the 421, and in the log.
 *
 * @param event one word for the log
 * @param text what the client is told
 */
record Farewell(String event, String text) {
  static Farewell idle(Duration time) {
    return new Farewell("idle", "Idle for " + time.toSeconds() + " s: this session is ended.");
  }

  static Farewell login(Duration time) {
    return new Farewell(
        "login-timeout",
        "Nobody logged in within " + time.toSeconds() + " s: this session is ended.");
  }

  static Farewell noTransfer(Duration time) {
    return new Farewell(
        "no-transfer", "No transfer for " + time.toSeconds() + " s: this session is ended.");
  }

  static Farewell session(Duration time) {
    return new Farewell(
        "session-timeout",
        "This session is as long as one may be (" + time.toSeconds() + " s): it is ended.");
  }

  static Farewell errors(int count) {
    return new Farewell("too-many-errors", count + " errors in a row: this session is ended.");
  }

  static Farewell injected() {
    return new Farewell(
        "sent-behind-auth",
        "Nothing may be sent behind AUTH TLS in plain text: this session is ended.");
  }

  static Farewell spokeBehindRein() {
    return new Farewell(
        "sent-behind-rein",
        "Nothing may be sent behind REIN before TLS has ended: this session is ended.");
  }

  static Farewell givesWay(String reason) {
    return new Farewell("gave-way", reason);
  }

  static Farewell stopped(String reason) {
    return new Farewell("stopped", "This session is ended: " + reason + ".");
  }

  static Farewell drained(String reason) {
    return new Farewell("drained", "Closing: " + reason + ".");
  }
}
