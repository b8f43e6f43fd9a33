package dev.berth.cli;

import dev.berth.transfer.Housekeeping;
import dev.berth.wire.RemoteLocation;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth rm URL...}: removes what is on a server. */
final class RemoveCommand implements Command {
  private final JobRunner runner;

  RemoveCommand(JobRunner runner) {
    this.runner = runner;
  }

  @Override
  public String name() {
    return "rm";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "URL...",
            List.of(
                "Remove files of a server, and with -r folders.",
                "A symbolic link is removed, and what it leads to stays. The root and the login"
                    + " folder itself are never removed: name what is in them."),
            List.of(
                "Some files:",
                "berth rm ftp://ann@ftp.example.com/{old,older}.csv",
                "A folder with all that it holds; first only look:",
                "berth rm -r --dry-run ftp://ann@ftp.example.com/site",
                "berth rm -r ftp://ann@ftp.example.com/site"));
    spec.addPositional(
        HelpTexts.argument("URL...", "0..*", "1..*", "Files or folders, on one server."));
    OptionTable.addToRemoveCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    List<ServerUrl> urls = Arguments.urls(arguments);
    urls.forEach(Arguments::requireNamed);
    Request request = Request.of(options, context.surroundings(), Arguments.access(urls));
    List<RemoteLocation> places = urls.stream().map(ServerUrl::location).toList();
    Housekeeping.Removing how =
        new Housekeeping.Removing(options.isRecursive(), options.isForced());
    return runner.run(
        new Job.Remove(request.server(), request.terms(), places, how), options, context);
  }
}
