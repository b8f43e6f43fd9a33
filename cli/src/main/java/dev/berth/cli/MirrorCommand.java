package dev.berth.cli;

import dev.berth.transfer.MirrorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth mirror SOURCE TARGET}: a folder made equal on the other side. */
final class MirrorCommand implements Command {
  private final JobRunner runner;

  MirrorCommand(JobRunner runner) {
    this.runner = runner;
  }

  @Override
  public String name() {
    return "mirror";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "SOURCE TARGET",
            List.of(
                "Copy a folder with all in it, from or to a server.",
                "One of both is a URL. Files of the same size and time are left as they are;"
                    + " nothing is removed without --delete."),
            List.of(
                "From a server, and back:",
                "berth mirror ftp://ann@ftp.example.com/site ./site",
                "berth mirror ./site ftp://ann@ftp.example.com/site",
                "Only look what would be moved:",
                "berth mirror --dry-run ftps://ann@ftp.example.com/site ./site",
                "All but some, and remove what is here no more:",
                "berth mirror --exclude='*.tmp' --exclude=/cache/ --delete ./site"
                    + " ftp://ann@ftp.example.com/site"));
    spec.addPositional(HelpTexts.argument("SOURCE", "0", "1", "A folder, here or on a server."));
    spec.addPositional(
        HelpTexts.argument("TARGET", "1", "1", "A folder on the other side; made if missing."));
    OptionTable.addToMirrorCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    String source = arguments.matchedPositionalValue(0, "");
    String target = arguments.matchedPositionalValue(1, "");
    if (ServerUrl.isUrl(source) == ServerUrl.isUrl(target)) {
      throw new UsageException(
          "mirror needs one URL and one folder: ftp://USER@HOST/PATH FOLDER, or the other way"
              + " round");
    }
    MirrorSettings mirror = MirrorOptions.of(arguments);
    Job job =
        ServerUrl.isUrl(source)
            ? down(Arguments.url(source), Arguments.path(target), mirror, options, context)
            : up(Arguments.path(source), Arguments.url(target), mirror, options, context);
    return runner.run(job, options, context);
  }

  private static Job down(
      ServerUrl url, Path target, MirrorSettings mirror, Options options, Context context)
      throws IOException {
    if (Files.exists(target) && !Files.isDirectory(target)) {
      throw new UsageException(target + " is no folder");
    }
    Request request = Request.of(options, context.surroundings(), url);
    return new Job.MirrorDown(request.server(), request.terms(), url.location(), target, mirror);
  }

  private static Job up(
      Path source, ServerUrl url, MirrorSettings mirror, Options options, Context context)
      throws IOException {
    if (mirror.links() == MirrorSettings.Links.COPY) {
      throw new UsageException(
          "FTP has no command that makes links: --links=copy is for mirrors from a server");
    }
    if (!Files.isDirectory(source)) {
      throw new UsageException(
          source
              + (Files.exists(source)
                  ? " is no folder; for files: berth put"
                  : ": no such folder"));
    }
    Request request = Request.of(options, context.surroundings(), url);
    return new Job.MirrorUp(request.server(), request.terms(), source, url.location(), mirror);
  }
}
