package dev.berth.cli;

import dev.berth.pool.ProbeSettings;
import dev.berth.pool.ProbeSettings.Interrupting;
import dev.berth.pool.ProbeSettings.Writing;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth probe URL}: what a server can do, and how many connections it allows. */
final class ProbeCommand implements Command {
  private static final int CONNECTIONS = 8;

  private final Engine engine;
  private final InstantSource clock;

  ProbeCommand(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "probe";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "URL",
            List.of(
                "Find out what a server can do, and how many connections it allows.",
                "Tries each thing once, on one connection, with a small file found in the folder of"
                    + " the URL; then opens connections one by one, a second and more apart, until"
                    + " the server turns one away. What it finds is remembered for all commands."
                    + " Nothing is written on the server without --write."),
            List.of(
                "All of it:",
                "berth probe ftp://ann@ftp.example.com/dir",
                "Without looking for the limit:",
                "berth probe --quick ftp://ann@ftp.example.com/",
                "For machines:",
                "berth probe --json ftp://ann@ftp.example.com/ | jq .limit"));
    spec.addPositional(
        HelpTexts.argument("URL", "0", "1", "A folder with a small file in it, or that file."));
    OptionTable.addToProbeCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    ServerUrl url = Arguments.url(arguments.matchedPositionalValue(0, ""));
    Surroundings surroundings = context.surroundings();
    ProbeOptions wishes = ProbeOptions.of(arguments);
    Request request = Request.of(options, surroundings, url);
    Probe probe =
        new Probe(request.server(), request.terms(), url.location(), settings(wishes, request));
    Ending ending;
    try (Display display = Display.open(surroundings, options.isQuiet())) {
      DisplayReporter telling =
          new DisplayReporter(display, options, Deed.STAT, surroundings.out(), file -> {});
      ending = engine.probe(probe, teller(options, surroundings), telling);
    }
    JobRunner.sayEnding(ending, options, surroundings);
    return ending.status();
  }

  private static ProbeSettings settings(ProbeOptions wishes, Request request) {
    return new ProbeSettings(
        wishes.isQuick() ? 1 : wishes.connections(CONNECTIONS),
        ProbeSettings.USUAL_PACE,
        wishes.idle().orElse(Duration.ZERO),
        request.server().data().mode(),
        wishes.isWriting() ? Writing.ALLOWED : Writing.FORBIDDEN,
        wishes.isInterrupting() ? Interrupting.ALLOWED : Interrupting.FORBIDDEN,
        request.terms().patience());
  }

  private Consumer<ProbeReport> teller(Options options, Surroundings surroundings) {
    if (options.isJson()) {
      return report -> JsonLines.to(surroundings.out()).profile(ProfileJson.of(report));
    }
    return report ->
        ProfileText.lines(report, clock.instant()).forEach(surroundings.out()::println);
  }
}
