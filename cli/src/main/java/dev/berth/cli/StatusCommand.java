package dev.berth.cli;

import dev.berth.limits.BudgetName;
import dev.berth.limits.LimitMemory;
import dev.berth.limits.LimitSettings;
import dev.berth.limits.LimitState;
import dev.berth.limits.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth status}: what is known of servers' limits, and who holds what on this machine. */
final class StatusCommand implements Command {
  private static final Comparator<BudgetName> BY_SERVER =
      Comparator.comparing(BudgetName::host)
          .thenComparingInt(BudgetName::port)
          .thenComparing(BudgetName::source);

  private final InstantSource clock;

  StatusCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            "status",
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
    Path stateFolder = options.stateFolder().orElseGet(surroundings::stateFolder);
    Instant now = clock.instant();
    List<Standing> all =
        all(
            new LimitMemory(stateFolder.resolve("limits")).all(),
            Standing.all(surroundings.shareFolder(), LimitSettings.standard(), now));
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

  /** What we remember, with those who are at work; of accounts only we know anything. */
  private static List<Standing> all(Map<BudgetName, LimitState> remembered, List<Standing> now) {
    Map<BudgetName, Standing> all = new TreeMap<>(BY_SERVER);
    remembered.forEach(
        (name, state) -> all.put(name, new Standing(name, state, List.of(), List.of())));
    for (Standing active : now) {
      LimitState ours = remembered.getOrDefault(active.name(), active.state());
      LimitState both =
          new LimitState(active.state().address(), ours.accounts(), active.state().pace());
      all.put(active.name(), new Standing(active.name(), both, active.holders(), active.waiting()));
    }
    return new ArrayList<>(all.values());
  }
}
