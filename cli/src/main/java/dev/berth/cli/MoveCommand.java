package dev.berth.cli;

import dev.berth.transfer.Housekeeping.Existing;
import dev.berth.transfer.Jobs;
import dev.berth.wire.RemoteLocation;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth mv URL... URL}: gives files and folders other names on their server. */
final class MoveCommand implements Command {
  private final JobRunner runner;

  MoveCommand(JobRunner runner) {
    this.runner = runner;
  }

  @Override
  public String name() {
    return "mv";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "URL... URL",
            List.of(
                "Rename files and folders on a server, or move them to another folder there.",
                "What is there already is not replaced, unless -f is given; a folder never is."),
            List.of(
                "Another name:",
                "berth mv ftp://ann@ftp.example.com/new.csv ftp://ann@ftp.example.com/old.csv",
                "Into a folder:",
                "berth mv ftp://ann@ftp.example.com/{a,b}.csv ftp://ann@ftp.example.com/done/"));
    spec.addPositional(
        HelpTexts.argument(
            "URL... URL",
            "0..*",
            "2..*",
            "Files or folders, then a folder (ends with / or is one) or the new name of a single"
                + " one; all on one server."));
    OptionTable.addToMoveCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    List<ServerUrl> urls =
        Arguments.urls(
            arguments,
            "; mv renames on one server, between two there are: berth get, then berth put");
    if (urls.size() < 2) {
      throw new UsageException("mv needs at least one URL, and then the URL to move it to");
    }
    List<ServerUrl> sources = urls.subList(0, urls.size() - 1);
    sources.forEach(Arguments::requireNamed);
    ServerUrl target = urls.getLast();
    boolean isIntoFolder = target.namesFolder() || sources.size() > 1;
    Request request = Request.of(options, context.surroundings(), Arguments.access(urls));
    List<RemoteLocation> places = sources.stream().map(ServerUrl::location).toList();
    return runner.run(
        new Job.Rename(
            request.server(),
            request.terms(),
            places,
            target.location(),
            isIntoFolder ? Jobs.Target.FOLDER : Jobs.Target.FOLDER_OR_FILE,
            options.isForced() ? Existing.REPLACED : Existing.KEPT),
        options,
        context);
  }
}
