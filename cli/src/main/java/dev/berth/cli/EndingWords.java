package dev.berth.cli;

import dev.berth.dialects.Advice;
import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.transfer.FileResult.Cause;
import dev.berth.transfer.JobEnd;
import dev.berth.transport.CertificateRejected;
import dev.berth.transport.PlainAnswer;
import java.io.IOException;

/**
 * Puts the end of a job into words: what was tried, with whom, what the server said, what the user
 * can do.
 */
final class EndingWords {
  private final ServerAccess access;
  private final Outcomes outcomes;
  private final Deed deed;

  EndingWords(ServerAccess access, Outcomes outcomes, Deed deed) {
    this.access = access;
    this.outcomes = outcomes;
    this.deed = deed;
  }

  Ending of(JobEnd end) {
    return switch (end) {
      case JobEnd.Ended ended -> ended(ended);
      case JobEnd.NoConnection none -> noConnection(none);
      case JobEnd.TurnedAway away -> turnedAway(away);
    };
  }

  private Ending ended(JobEnd.Ended end) {
    if (end.summary().isComplete()) {
      return new Ending.Done();
    }
    String message = end.summary().files() == 1 ? outcomes.lastFailure() : failures(end);
    return outcomes.isNoneBut(Cause.VERIFICATION)
        ? new Ending.Unverified(message + ": what arrived is not what was sent")
        : new Ending.Incomplete(message);
  }

  private Ending noConnection(JobEnd.NoConnection end) {
    String said =
        access
            .lastRefusal()
            .map(refusal ->
                "; it said last: " + refusal.words() + "\n" + Advice.of(refusal).sentence())
            .orElse("");
    String message = access.server().place() + ": " + end.reason() + said;
    return outcomes.isNoneBut(Cause.NO_CONNECTION)
        ? new Ending.NoConnection(message)
        : new Ending.Incomplete(failures(end) + "\n" + message);
  }

  private Ending turnedAway(JobEnd.TurnedAway end) {
    Refusal refusal = end.refusal();
    String message =
        "%s turned away %s: %s\n%s"
            .formatted(
                access.server().place(),
                access.server().login().user(),
                refusal.words(),
                Advice.of(refusal).sentence());
    boolean aboutCredentials =
        switch (refusal) {
          case Refusal.LoginFailure failure -> true;
          case Refusal.Unclear unclear -> end.phase() == Phase.PASS;
          case Refusal.Silent silent -> true;
          case Refusal.Denied denied -> end.phase() == Phase.USER || end.phase() == Phase.PASS;
          case Refusal.Limit other -> false;
          case Refusal.Overload other -> false;
          case Refusal.IdleTimeout other -> false;
          case Refusal.TlsRequired other -> false;
          case Refusal.ShuttingDown other -> false;
          case Refusal.Quota other -> false;
          case Refusal.DataLimit other -> false;
          case Refusal.Unavailable other -> false;
        };
    return aboutCredentials
        ? new Ending.CredentialsRefused(message)
        : new Ending.NoConnection(message);
  }

  private String failures(JobEnd end) {
    return "%d of %d %s failed"
        .formatted(end.summary().failed(), end.summary().files(), deed.things());
  }

  /** What ends a job before it has begun: no waiting mends it. */
  static Ending of(IOException failure, Server server) {
    if (failure instanceof CertificateRejected rejected) {
      return new Ending.NoConnection(
          Failures.reason(rejected)
              + "\nIf this is the right server, name its certificate: --tls-trust=sha256:"
              + rejected.fingerprint());
    }
    String hint =
        failure instanceof PlainAnswer
            ? "\nThe server does not begin with TLS here; an ftp:// address may be meant."
            : "";
    return new Ending.NoConnection(server.place() + ": " + Failures.describe(failure) + hint);
  }
}
