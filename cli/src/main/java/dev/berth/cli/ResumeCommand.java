package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth resume [ID]}: runs a job of the past again that did not end well. */
final class ResumeCommand implements Command {
  private final List<Command> transfers;

  /**
   * @param transfers the commands that the history keeps
   */
  ResumeCommand(List<Command> transfers) {
    this.transfers = List.copyOf(transfers);
  }

  @Override
  public String name() {
    return "resume";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "[ID]",
            List.of(
                "Run a job again that did not end well.",
                "With the same words, wherever it is run: only what is missing is moved, and files"
                    + " go on where they stopped. Without an ID it is the last such job. Passwords"
                    + " are not remembered; they are found as usual."),
            List.of(
                "After a power cut:",
                "berth resume",
                "A certain one of the list:",
                "berth history",
                "berth resume 3f9a"));
    spec.addPositional(HelpTexts.argument("ID", "0", "0..1", "One job, as the history names it."));
    OptionTable.addToHistoryCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Options options = Options.of(arguments);
    Surroundings surroundings = context.surroundings();
    Path stateFolder = options.stateFolder(surroundings);
    List<History.Remembered> all =
        History.all(stateFolder, note -> surroundings.err().println("berth: " + note));
    String id = arguments.matchedPositionalValue(0, "");
    PastJob job = id.isEmpty() ? lastUnfinished(all) : chosen(all, id);
    List<String> words = keptIn(stateFolder.toString(), job.words());
    add(words, options.isJson(), OptionTable.JSON);
    add(words, options.isVerbose(), OptionTable.VERBOSE);
    surroundings.err().println("berth: resuming: berth " + Shown.line(HistoryText.command(words)));
    Command command = command(words.getFirst());
    ParseResult parsed =
        new CommandLine(command.spec())
            .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    // What it goes on with stands where its history was found, whatever the environment says.
    return command.run(parsed, new Context(surroundings.keepingIn(stateFolder), context.program()));
  }

  /** The same words; if they name a state folder, this one. */
  private static List<String> keptIn(String stateFolder, List<String> words) {
    List<String> kept = new ArrayList<>(words);
    for (int i = 1; i < kept.size() && !kept.get(i).equals("--"); i++) {
      if (kept.get(i).startsWith(OptionTable.STATE_DIR + "=")) {
        kept.set(i, OptionTable.STATE_DIR + "=" + stateFolder);
      } else if (kept.get(i - 1).equals(OptionTable.STATE_DIR)) {
        kept.set(i, stateFolder);
      }
    }
    return kept;
  }

  /** Whether two command lines do the same; how it is told, and where it is kept, may differ. */
  private static boolean isSameWork(PastJob one, PastJob other) {
    return work(one).equals(work(other));
  }

  private static List<String> work(PastJob job) {
    List<String> words = keptIn("", job.words());
    words.removeAll(List.of(OptionTable.JSON, OptionTable.VERBOSE));
    return words;
  }

  private static void add(List<String> words, boolean isWanted, String option) {
    if (isWanted && !words.contains(option)) {
      words.add(1, option);
    }
  }

  /** One job may have been run again already: then its last run counts. */
  private static PastJob lastUnfinished(List<History.Remembered> all) {
    Optional<PastJob> last = Optional.empty();
    for (History.Remembered remembered : all) {
      PastJob job = remembered.job();
      if (remembered.isRunning() || job.isDone()) {
        last = last.filter(before -> !isSameWork(before, job));
      } else {
        last = Optional.of(job);
      }
    }
    return last.orElseThrow(
        () -> new UsageException("there is no job that did not end well; see: berth history"));
  }

  private static PastJob chosen(List<History.Remembered> all, String id) {
    History.Remembered found = HistoryCommand.one(all, id);
    if (found.isRunning()) {
      throw new UsageException("job " + id + " is running");
    }
    return found.job();
  }

  private Command command(String name) {
    return transfers.stream()
        .filter(command -> command.spec().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UsageException("this Berth has no command " + name));
  }
}
