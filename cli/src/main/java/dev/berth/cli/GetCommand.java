package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth get URL [TARGET]}: one file from a server. */
final class GetCommand implements Command {
  private final JobRunner runner;

  GetCommand(JobRunner runner) {
    this.runner = runner;
  }

  @Override
  public String name() {
    return "get";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "URL [TARGET]",
            List.of(
                "Fetch a file from a server.",
                "The file appears under its name only when it is whole. Interrupted, the same"
                    + " command goes on where it stopped."),
            List.of(
                "Into the current folder:",
                "berth get ftp://ann@ftp.example.com/report.pdf",
                "Under another name, from the root of the server:",
                "berth get ftp://ann@ftp.example.com//srv/report.pdf ~/today.pdf"));
    spec.addPositional(
        HelpTexts.argument("URL", "0", "1", "The file: ftp://USER@HOST/PATH, ftps:// for TLS."));
    spec.addPositional(
        HelpTexts.argument("TARGET", "1", "0..1", "A folder, or the file's new name. Default: ."));
    OptionTable.addToTransferCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    ServerUrl url = Arguments.url(arguments.matchedPositionalValue(0, ""));
    if (url.namesFolder()) {
      throw new UsageException(url + " names a folder; for folders there is: berth mirror");
    }
    Path target = Arguments.path(arguments.matchedPositionalValue(1, "."));
    Request request = Request.of(options, context.surroundings(), url);
    return runner.run(
        new Job.Get(request.server(), request.terms(), url.location(), target), options, context);
  }
}
