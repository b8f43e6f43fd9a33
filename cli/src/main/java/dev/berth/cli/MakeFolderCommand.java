package dev.berth.cli;

import dev.berth.transfer.Housekeeping.Parents;
import dev.berth.wire.RemoteLocation;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth mkdir URL...}: makes folders on a server. */
final class MakeFolderCommand implements Command {
  private final JobRunner runner;

  MakeFolderCommand(JobRunner runner) {
    this.runner = runner;
  }

  @Override
  public String name() {
    return "mkdir";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "URL...",
            List.of("Make folders on a server."),
            List.of(
                "With the folders above it, as far as they are missing:",
                "berth mkdir -p ftp://ann@ftp.example.com/2026/11/22"));
    spec.addPositional(HelpTexts.argument("URL...", "0..*", "1..*", "The folders, on one server."));
    OptionTable.addToMakeFolderCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    List<ServerUrl> urls = Arguments.urls(arguments);
    Request request = Request.of(options, context.surroundings(), Arguments.access(urls));
    List<RemoteLocation> folders = urls.stream().map(ServerUrl::location).toList();
    Parents parents = options.isWithParents() ? Parents.MADE : Parents.REQUIRED;
    return runner.run(
        new Job.MakeFolders(request.server(), request.terms(), folders, parents), options, context);
  }
}
