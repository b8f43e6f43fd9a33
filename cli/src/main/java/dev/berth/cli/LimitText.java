package dev.berth.cli;

import dev.berth.dialects.Advice;
import dev.berth.dialects.Phase;
import dev.berth.dialects.Refusal;
import dev.berth.limits.Evidence;
import dev.berth.pool.LimitFinding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the search for a limit came to, in lines for people. */
final class LimitText {
  private LimitText() {}

  static List<String> lines(LimitFinding limit, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(known(limit, now));
    switch (limit.end()) {
      case LimitFinding.End.NotSought _ -> lines.add("not looked for");
      case LimitFinding.End.Enough _ ->
          lines.add(worked(limit) + "; no more were tried (--connections)");
      case LimitFinding.End.SetByUser _ -> lines.add(worked(limit) + "; your setting forbids more");
      case LimitFinding.End.GaveWay _ ->
          lines.add(worked(limit) + "; then another program of this machine wanted a connection");
      case LimitFinding.End.NoRoom none ->
          lines.add(worked(limit) + "; no more were to be had: " + none.explanation());
      case LimitFinding.End.Unreachable none ->
          lines.add(
              worked(limit)
                  + "; the next did not come about ("
                  + none.reason()
                  + "): perhaps a ban, so nothing more was tried");
      case LimitFinding.End.TurnedAway away -> turnedAway(limit, away, lines);
    }
    return lines;
  }

  private static String known(LimitFinding limit, Instant now) {
    Evidence evidence = limit.ceiling().evidence();
    return evidence.isUntested()
        ? "not known" + (limit.worked() > 1 ? ", at least " + limit.worked() : "")
        : limit.ceiling().limit() + " (" + evidence.phrase(now) + ")";
  }

  private static String worked(LimitFinding limit) {
    String elsewhere =
        limit.elsewhere() == 0
            ? ""
            : ", beside " + limit.elsewhere() + " of other programs of this machine";
    return limit.worked() + " worked at once" + elsewhere;
  }

  private static void turnedAway(
      LimitFinding limit, LimitFinding.End.TurnedAway away, List<String> lines) {
    lines.add(
        worked(limit)
            + ", the next was turned away "
            + where(away.phase())
            + ": "
            + away.refusal().words());
    if (away.refusal() instanceof Refusal.Limit) {
      lines.add(counts(away.counted()));
      lines.add(
          away.phase() == Phase.GREETING
              ? "connections count from the first moment, logged in or not"
              : "logins count: who is connected and not logged in was not turned away");
    } else {
      lines.add(Advice.of(away.refusal()).sentence());
    }
  }

  private static String where(Phase phase) {
    return switch (phase) {
      case GREETING -> "in place of the greeting";
      case USER -> "at USER";
      case PASS -> "at PASS";
      case SESSION -> "after the login";
      case UNKNOWN -> "at the login";
    };
  }

  private static String counts(LimitFinding.Counted counted) {
    return switch (counted) {
      case ADDRESS -> "it counts connections from your address, by its words";
      case ACCOUNT -> "it counts connections of this account, by its words";
      case SERVER -> "it counts all connections of the server, by its words";
      case NOT_SAID ->
          "whether it counts your address, the account or the whole server it does not say, and"
              + " one account cannot tell";
    };
  }
}
