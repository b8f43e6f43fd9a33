package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth put FILE... URL}: files to a server. */
final class PutCommand implements Command {
  private final JobRunner runner;

  PutCommand(JobRunner runner) {
    this.runner = runner;
  }

  @Override
  public String name() {
    return "put";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "FILE... URL",
            List.of(
                "Send files to a server.",
                "Each file appears there under its name only when it is whole and its size is"
                    + " checked."),
            List.of(
                "Into a folder of the server:",
                "berth put *.csv ftp://ann@ftp.example.com/inbox/",
                "Under another name:",
                "berth put report.pdf ftp://ann@ftp.example.com/today.pdf"));
    spec.addPositional(
        HelpTexts.argument(
            "FILE... URL",
            "0..*",
            "2..*",
            "The files, then a folder (ends with /) or the name for a single file."));
    OptionTable.addToTransferCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    List<String> words = arguments.matchedPositionalValue(0, List.of());
    if (words.size() < 2) {
      throw new UsageException("put needs at least one file, and then the URL to put it at");
    }
    ServerUrl url = Arguments.url(words.getLast());
    List<Path> files =
        words.subList(0, words.size() - 1).stream().map(PutCommand::localFile).toList();
    Request request = Request.of(options, context.surroundings(), url);
    boolean isIntoFolder = url.namesFolder() || files.size() > 1;
    return runner.run(
        new Job.Put(request.server(), request.terms(), files, url.location(), isIntoFolder),
        options,
        context);
  }

  private static Path localFile(String word) {
    if (ServerUrl.isUrl(word)) {
      throw new UsageException(
          "put sends local files, and one URL comes last; to fetch files there is: berth get");
    }
    Path file = Arguments.path(word);
    if (Files.isDirectory(file)) {
      throw new UsageException(file + " is a folder; for folders there is: berth mirror");
    }
    return file;
  }
}
