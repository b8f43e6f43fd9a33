package dev.berth.cli;

import dev.berth.limits.BudgetName;
import dev.berth.limits.Standing;
import dev.berth.settings.DurationText;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth top}: what {@code berth status} shows, live. */
final class TopCommand implements Command {
  private static final Duration USUAL = Duration.ofSeconds(1);
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final InstantSource clock;
  private final Function<Surroundings, Screen> screens;

  /**
   * @param screens where it is shown
   */
  TopCommand(InstantSource clock, Function<Surroundings, Screen> screens) {
    this.clock = clock;
    this.screens = screens;
  }

  @Override
  public String name() {
    return "top";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "",
            List.of(
                "Watch who holds connections and who waits, live.",
                "Shows what status does, again and again: on a terminal in place, until q or"
                    + " Ctrl-C; elsewhere one below the other."),
            List.of(
                "Watch the programs of this machine:",
                "berth top",
                "Each change for machines:",
                "berth top --json --interval 5s"));
    OptionTable.addToTopCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    Duration interval = interval(options);
    Surroundings surroundings = context.surroundings();
    Standings standings = Standings.of(options, surroundings);
    if (options.isJson()) {
      try (Screen pauses = new PlainScreen(surroundings.out())) {
        watch(standings, interval, pauses, new Changes(surroundings.out())::tell);
      }
    } else {
      try (Screen screen = screens.apply(surroundings)) {
        watch(standings, interval, screen, screen::show);
      }
    }
    return ExitStatus.DONE;
  }

  private static Duration interval(Options options) {
    String text = options.interval().orElse("");
    if (text.isEmpty()) {
      return USUAL;
    }
    try {
      Duration interval = DurationText.parse(text);
      if (interval.compareTo(SHORTEST) < 0) {
        throw new IllegalArgumentException("shorter than 100ms");
      }
      return interval;
    } catch (IllegalArgumentException e) {
      throw new UsageException("--interval=" + text + ": " + Failures.reason(e));
    }
  }

  /** What is done with each look. */
  private interface Shower {
    void show(List<Standing> all, Instant now) throws IOException;
  }

  private void watch(Standings standings, Duration interval, Screen screen, Shower shower)
      throws IOException, InterruptedException {
    do {
      Instant now = clock.instant();
      shower.show(standings.now(now), now);
    } while (screen.awaits(interval));
  }

  /** An object for each server that stands otherwise than the last time. */
  private static final class Changes {
    private final JsonLines json;
    private final Map<BudgetName, Standing> last = new HashMap<>();

    Changes(PrintStream out) {
      this.json = JsonLines.to(out);
    }

    void tell(List<Standing> all, Instant now) {
      Map<BudgetName, Standing> gone = new HashMap<>(last);
      for (Standing each : all) {
        gone.remove(each.name());
        if (!each.equals(last.put(each.name(), each))) {
          json.standing(each, now);
        }
      }
      gone.forEach((name, each) -> {
        last.remove(name);
        json.standing(new Standing(name, each.state(), List.of(), List.of(), List.of()), now);
      });
    }
  }
}
