package dev.berth.cli;

import dev.berth.limits.BudgetName;
import dev.berth.limits.LimitDecision;
import dev.berth.limits.Standing;
import dev.berth.transport.Source;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth limits}: what is remembered of servers' limits; forgets and sets it. */
final class LimitsCommand implements Command {
  private static final String FORMS =
      "write berth limits, berth limits set URL N, berth limits forget URL or berth limits forget"
          + " --all";

  private final InstantSource clock;

  LimitsCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "limits";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "[set URL N | forget URL | forget --all]",
            List.of(
                "Show, set or forget servers' limits on connections.",
                "Without arguments it lists what is remembered, with the server's words. A limit"
                    + " that is set stands until it is forgotten, whatever the server says;"
                    + " programs at work obey between two files."),
            List.of(
                "Never more than 3 connections, in all runs:",
                "berth limits set ftp://ftp.example.com 3",
                "The server was changed; find its limit anew:",
                "berth limits forget ftp://ftp.example.com"));
    spec.addPositional(
        HelpTexts.argument("WORDS", "0..*", "0..*", "What to do; nothing lists.").toBuilder()
            .hidden(true)
            .build());
    OptionTable.addToLimitsCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context) throws IOException {
    List<String> words = arguments.matchedPositionalValue(0, List.of());
    Options options = Options.of(arguments);
    Standings standings = Standings.of(options, context.surroundings());
    if (words.isEmpty() && !options.isAll()) {
      list(standings, options, context.surroundings());
      return ExitStatus.DONE;
    }
    if (options.isJson()) {
      throw new UsageException("--json goes with the list alone");
    }
    LimitDecision decision = new LimitDecision(standings.memory(), standings.machine());
    String verb = words.isEmpty() ? "" : words.getFirst();
    if (verb.equals("set") && words.size() == 3 && !options.isAll()) {
      set(decision, Arguments.url(words.get(1)), words.get(2), options, context.surroundings());
    } else if (verb.equals("forget") && words.size() == 2 && !options.isAll()) {
      forget(decision, Arguments.url(words.get(1)), context.surroundings());
    } else if (verb.equals("forget") && words.size() == 1 && options.isAll()) {
      decision.forgetAll(clock.instant());
      context.surroundings().out().println("nothing is remembered of any server now");
    } else {
      throw new UsageException(FORMS);
    }
    return ExitStatus.DONE;
  }

  private void list(Standings standings, Options options, Surroundings surroundings)
      throws IOException {
    Instant now = clock.instant();
    List<Standing> all = standings.remembered();
    if (options.isJson()) {
      JsonLines json = JsonLines.to(surroundings.out());
      all.forEach(it -> json.remembered(it, now));
    } else if (all.isEmpty()) {
      surroundings.out().println("nothing is remembered of any server yet");
    } else {
      all.forEach(it -> StandingText.remembered(it, now).forEach(surroundings.out()::println));
    }
  }

  private void set(
      LimitDecision decision,
      ServerUrl url,
      String number,
      Options options,
      Surroundings surroundings)
      throws IOException {
    int connections = connections(number);
    BudgetName name =
        switch (options.choices().find(Setting.BIND).orElseGet(Source::any)) {
          case Source.Unbound _ -> BudgetName.of(url.host(), url.port());
          case Source.Address fixed ->
              new BudgetName(url.host(), url.port(), fixed.address().getHostAddress());
        };
    decision.set(name, connections, clock.instant());
    surroundings
        .out()
        .println(name.server() + ": limit " + connections + ", set until it is forgotten");
  }

  private static int connections(String number) {
    int connections = Numbers.small(number);
    if (connections < 1 || connections > LimitDecision.MOST) {
      throw new UsageException(
          "'" + number + "' is no limit: write a number from 1 to " + LimitDecision.MOST);
    }
    return connections;
  }

  private void forget(LimitDecision decision, ServerUrl url, Surroundings surroundings)
      throws IOException {
    boolean wasKnown = decision.forget(url.host(), url.port(), clock.instant());
    String server = BudgetName.of(url.host(), url.port()).server();
    surroundings
        .out()
        .println(server + (wasKnown ? ": forgotten" : ": nothing was remembered of it"));
  }
}
