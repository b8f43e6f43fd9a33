package dev.berth.cli;

import dev.berth.limits.Standing;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth status}: what is known of servers' limits, and who holds what on this machine. */
final class StatusCommand implements Command {
  private final InstantSource clock;

  StatusCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "status";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "",
            List.of(
                "Show what is known of servers' limits, and who holds what.",
                "For each server that you have used, and each that any program of this machine uses"
                    + " now: the limit and how it was found, which programs have connections since"
                    + " when, and which wait for one."),
            List.of(
                "Who keeps me waiting:",
                "berth status",
                "For machines:",
                "berth status --json | jq 'select(.waiting != [])'"));
    OptionTable.addToStatusCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context) throws IOException {
    Options options = Options.of(arguments);
    Surroundings surroundings = context.surroundings();
    Instant now = clock.instant();
    List<Standing> all = Standings.of(options, surroundings).now(now);
    if (options.isJson()) {
      JsonLines json = JsonLines.to(surroundings.out());
      all.forEach(standing -> json.standing(standing, now));
    } else if (all.isEmpty()) {
      surroundings.out().println("no server is known yet, and no connection is shared just now");
    } else {
      all.forEach(
          standing -> StandingText.lines(standing, now).forEach(surroundings.out()::println));
    }
    return ExitStatus.DONE;
  }
}
