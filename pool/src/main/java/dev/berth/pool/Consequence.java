package dev.berth.pool;

import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;

/** What follows from a refusal for the same credentials. */
enum Consequence {
  /** They may be shown again after a pause. */
  AGAIN,
  /**
   * They may be wrong, and are not shown again (a server may lock the account for more). While
   * connections that they opened work, this one refusal rather means that there may be no more:
   * ProFTPD says 530 for a full account too, in words that its operator chooses.
   */
  NOT_AGAIN;

  /**
   * The consequence of one refusal.
   *
   * @param proven whether the credentials have opened a connection before
   */
  static Consequence of(Refusal refusal, Phase phase, boolean proven) {
    return switch (refusal) {
      case Refusal.Limit limit -> AGAIN;
      case Refusal.Overload overload -> AGAIN;
      case Refusal.ShuttingDown down -> AGAIN;
      case Refusal.Unavailable unavailable -> AGAIN;
      // A close behind PASS may be all that a server says to a wrong password.
      case Refusal.Silent silent -> phase != Phase.PASS || proven ? AGAIN : NOT_AGAIN;
      case Refusal.LoginFailure login -> NOT_AGAIN;
      case Refusal.Denied denied -> NOT_AGAIN;
      case Refusal.IdleTimeout idle -> NOT_AGAIN;
      case Refusal.TlsRequired tls -> NOT_AGAIN;
      case Refusal.Quota quota -> NOT_AGAIN;
      case Refusal.DataLimit data -> NOT_AGAIN;
      case Refusal.Unclear unclear -> NOT_AGAIN;
    };
  }
}
