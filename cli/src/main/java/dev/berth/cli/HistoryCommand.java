package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth history [ID]}: the jobs of the past. */
final class HistoryCommand implements Command {
  @Override
  public String name() {
    return "history";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "[ID]",
            List.of(
                "Show what was moved when, and how it ended.",
                "The newest job is the last one. With an ID, or its beginning: which of its files"
                    + " did not arrive. Jobs are kept for 90 days, 1,000 at the most."),
            List.of(
                "What ran last night:",
                "berth history",
                "Which files are missing:",
                "berth history 3f9a",
                "For machines:",
                "berth history --json | jq 'select(.exitStatus != 0)'"));
    spec.addPositional(HelpTexts.argument("ID", "0", "0..1", "One job, as the list names it."));
    OptionTable.addToHistoryCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context) throws IOException {
    Options options = Options.of(arguments);
    Surroundings surroundings = context.surroundings();
    Path stateFolder = options.stateFolder(surroundings);
    List<History.Remembered> all =
        History.all(stateFolder, note -> surroundings.err().println("berth: " + note));
    String id = arguments.matchedPositionalValue(0, "");
    List<History.Remembered> shown = id.isEmpty() ? all : List.of(one(all, id));
    for (History.Remembered job : shown) {
      History.Missing missing =
          id.isEmpty() || job.isRunning()
              ? new History.Missing(List.of(), List.of())
              : History.missing(stateFolder, job.job().token(), note -> {});
      if (options.isJson()) {
        HistoryLines lines = HistoryLines.to(surroundings.out());
        lines.job(job);
        missing.failures().forEach(lines::failure);
        missing.unfinished().forEach(lines::unfinished);
      } else {
        Consumer<String> lines = line -> surroundings.out().println(Shown.line(line));
        lines.accept(HistoryText.line(job));
        missing.failures().forEach(it -> lines.accept(HistoryText.line(it)));
        missing.unfinished().forEach(it -> lines.accept(HistoryText.line(it)));
      }
    }
    if (all.isEmpty() && !options.isJson()) {
      surroundings.out().println("no job is remembered");
    }
    return ExitStatus.DONE;
  }

  /**
   * The one job that an ID means.
   *
   * @throws UsageException when there is none, or more than one
   */
  static History.Remembered one(List<History.Remembered> all, String id) {
    List<History.Remembered> found =
        all.stream().filter(it -> it.job().token().startsWith(id)).toList();
    if (found.size() != 1) {
      throw new UsageException(
          (found.isEmpty() ? "no job " : "more than one job ") + id + "; see: berth history");
    }
    return found.getFirst();
  }
}
