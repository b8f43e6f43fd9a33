package dev.berth.cli;

import dev.berth.limits.Ceiling;
import dev.berth.limits.LimitState;
import dev.berth.limits.Occupant;
import dev.berth.limits.Standing;
import dev.berth.settings.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a budget stands, in lines for people. */
final class StandingText {
  private StandingText() {}

  static List<String> lines(Standing standing, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(server(standing) + ": " + ceiling(standing.state().address(), now) + use(standing));
    standing
        .state()
        .accounts()
        .forEach(
            (account, ceiling) -> lines.add("  " + account.name() + ": " + ceiling(ceiling, now)));
    pause(standing.state(), now, lines);
    standing.holders().forEach(holder -> lines.add("  " + occupant(holder, now)));
    standing
        .outsiders()
        .forEach(it -> lines.add("  " + it.sentence() + ": connected, not by Berth"));
    standing.waiting().forEach(waiter -> lines.add("  " + occupant(waiter, now)));
    return lines.stream().map(Shown::line).toList();
  }

  /** What is remembered, with what the server said. */
  static List<String> remembered(Standing standing, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(server(standing) + ": " + ceilingWithWords(standing.state().address(), now));
    standing
        .state()
        .accounts()
        .forEach((account, ceiling) ->
            lines.add("  " + account.name() + ": " + ceilingWithWords(ceiling, now)));
    pause(standing.state(), now, lines);
    return lines.stream().map(Shown::line).toList();
  }

  private static String ceilingWithWords(Ceiling ceiling, Instant now) {
    String words = ceiling.evidence().words();
    return ceiling(ceiling, now) + (words.isEmpty() ? "" : ": " + words);
  }

  private static String server(Standing standing) {
    String source = standing.name().source();
    return standing.name().server() + (source.equals("default") ? "" : " from " + source);
  }

  private static String ceiling(Ceiling ceiling, Instant now) {
    return "limit " + ceiling.limit() + " (" + ceiling.evidence().phrase(now) + ")";
  }

  private static String use(Standing standing) {
    int waiting = standing.waiting().size();
    return ", "
        + standing.holders().size()
        + " in use"
        + (waiting == 0 ? "" : ", " + waiting + " waiting");
  }

  private static void pause(LimitState state, Instant now, List<String> lines) {
    Instant until = state.pace().until();
    if (now.isBefore(until)) {
      String rest = DurationText.format(Duration.between(now, until));
      lines.add("  " + state.pace().why() + "; no new connection for " + rest);
    }
  }

  private static String occupant(Occupant occupant, Instant now) {
    String doing =
        switch (occupant.doing()) {
          case OPENING -> "connecting";
          case CONNECTED -> "connected";
          case LEAVING -> "just closed";
          case WAITING ->
              occupant.places() == 0
                  ? "waiting"
                  : "waiting for more than " + occupant.places() + ",";
        };
    Duration since = Duration.between(occupant.since(), now);
    return occupant.program().sentence()
        + ": "
        + doing
        + " "
        + DurationText.format(since.isNegative() ? Duration.ZERO : since);
  }
}
