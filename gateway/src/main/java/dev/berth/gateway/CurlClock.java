package dev.berth.gateway;

import java.time.Duration;

/**
 * How long one client waits for a transfer, and at which of its commands. curl gives up so long
 * after it has sent a command, whatever it hears meanwhile: 120 s up to 7.88, 60 s today. It sends
 * TYPE before each transfer of a new session, so a part of the wait is there. It is known by its
 * order of commands: PWD behind the login, and neither FEAT nor SYST. Confined to the session's
 * thread.
 */
final class CurlClock {
  private static final Duration AT_TYPE = Duration.ofSeconds(45);
  private static final Duration AT_TRANSFER = Duration.ofSeconds(50);

  private final Duration wait;
  private boolean isFirst = true;
  private boolean isCurl;
  private long waitedNanos; // at TYPE, for the next transfer

  /**
   * For one client.
   *
   * @param wait how long a transfer waits in all
   */
  CurlClock(Duration wait) {
    this.wait = wait;
  }

  /** It has sent a command. */
  void hears(String verb) {
    isCurl = isFirst ? verb.equals("PWD") : isCurl && !verb.equals("SYST");
    isFirst = false;
  }

  /** It has sent one that curl does not. */
  void isNone() {
    isFirst = false;
    isCurl = false;
  }

  boolean isCurl() {
    return isCurl;
  }

  /** How long TYPE may wait. */
  Duration atType() {
    return least(wait, AT_TYPE);
  }

  /** TYPE has waited for so long. */
  void waited(long nanos) {
    waitedNanos = nanos;
  }

  /** How long the transfer may wait behind that. */
  Duration atTransfer() {
    Duration rest = wait.minusNanos(waitedNanos);
    waitedNanos = 0;
    return isCurl ? least(rest.isNegative() ? Duration.ZERO : rest, AT_TRANSFER) : wait;
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
