package dev.berth.gateway;

import dev.berth.client.ReplyException;
import dev.berth.pool.Leasing;
import dev.berth.session.RelayFailed;
import dev.berth.transport.ConnectionLost;
import dev.berth.wire.Octets;
import dev.berth.wire.Reply;
import java.io.IOException;

/**
 * What clients are told that the server behind did not say. Nothing of other clients is in it: who
 * holds the connections, and for what, is for the operator.
 */
final class Words {
  private static final int SESSION_ENDS = 421;

  private Words() {}

  /** Where a client stands that waits for a transfer. */
  static String queued(Upstream upstream, int ahead) {
    return "Queued for " + upstream.name() + ", position " + (ahead + 1) + ".";
  }

  /** There is no connection. */
  static RelayFailed noConnection(UpstreamAccount account, Leasing why, int ahead) {
    Upstream upstream = account.upstream();
    return switch (why) {
      case Leasing.TimedOut late ->
          account.pool().budget().open() == 0
              ? busy(upstream.name() + " cannot be reached, or lets nobody in just now.")
              : busy(
                  "All connections to "
                      + upstream.name()
                      + " are in use, and you are number "
                      + (ahead + 1)
                      + " of those who wait: try again later.");
      case Leasing.Refused refused -> {
        upstream.forget(account);
        yield new RelayFailed(
            Reply.of(
                451,
                upstream.name()
                    + " does not let this login in any more"
                    + upstream.told(refused.refusal())));
      }
      case Leasing.Unreachable unreachable -> busy(upstream.name() + " cannot be reached.");
      case Leasing.Closed closed -> busy("The gateway ends.");
      case Leasing.Leased leased -> throw new IllegalArgumentException("a lease is no failure");
    };
  }

  private static RelayFailed busy(String text) {
    return new RelayFailed(Reply.of(450, text));
  }

  /** There is no other connection on which the server knows what the client has told it. */
  static RelayFailed lostForGood(Upstream upstream) {
    return new RelayFailed(
        Reply.of(
            451,
            "The connection to "
                + upstream.name()
                + " was lost, and what was set on it with it: log in again."));
  }

  /** The client has ended it itself, and is told so by its session. */
  static RelayFailed ended() {
    return new RelayFailed(Reply.of(426, "Ended, as you asked."));
  }

  /**
   * What the client is told of a failure towards the server; what is none of that stays as it is.
   */
  static IOException told(Upstream upstream, IOException e) {
    if (e instanceof ReplyException refused) {
      return refused(upstream, refused);
    }
    return isLoss(e) ? lost(upstream, e) : e;
  }

  /**
   * The server has refused; as it said it, but for the end of a session that is not the client's.
   */
  private static RelayFailed refused(Upstream upstream, ReplyException e) {
    Reply reply = e.reply();
    if (reply.code() == SESSION_ENDS) {
      return new RelayFailed(
          Reply.of(451, upstream.name() + " ended the connection: " + oneLine(reply.text())));
    }
    return new RelayFailed(
        reply.isNegative()
            ? reply
            : Reply.of(451, upstream.name() + " answered what nobody expects: " + reply));
  }

  /** The connection to the server is gone, or in doubt. */
  private static RelayFailed lost(Upstream upstream, IOException e) {
    RelayFailed failed =
        new RelayFailed(
            Reply.of(
                451,
                "The connection to "
                    + upstream.name()
                    + " was lost, and what was asked may be done or not."));
    failed.initCause(e);
    return failed;
  }

  /** Whether the server, or the way to it, has failed, so that another connection may do better. */
  private static boolean isLoss(IOException e) {
    return switch (e) {
      case RelayFailed told -> false;
      case ReplyException told -> told.reply().code() == SESSION_ENDS;
      case ConnectionLost lost -> !lost.manner().isOurs();
      default -> true;
    };
  }

  /** Likewise, and before it answered at all: nothing speaks against asking once more. */
  static boolean mayRepeat(IOException e) {
    return isLoss(e)
        && !(e instanceof ConnectionLost lost
            && (lost.manner() == ConnectionLost.Manner.TIMED_OUT
                || lost.manner() == ConnectionLost.Manner.CUT_REPLY));
  }

  static String oneLine(String text) {
    return Octets.printable(text).replace('\n', ' ');
  }
}
