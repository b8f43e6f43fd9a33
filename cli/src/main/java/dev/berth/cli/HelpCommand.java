package dev.berth.cli;

import dev.berth.settings.Nearest;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth help [COMMAND]}. */
final class HelpCommand implements Command {
  @Override
  public String name() {
    return "help";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "[COMMAND]",
            List.of("Show how the program or a command is used."),
            List.of("berth help mirror"));
    spec.addPositional(HelpTexts.argument("COMMAND", "0", "0..1", "One of the commands."));
    OptionTable.addToLocalCommand(spec);
    return spec;
  }

  @Override
  public boolean describesOthers() {
    return true;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context) {
    Optional<String> name = Optional.ofNullable(arguments.matchedPositionalValue(0, null));
    CommandSpec about = name.map(word -> command(word, context)).orElse(context.program());
    printAsked(about, context.surroundings());
    return ExitStatus.DONE;
  }

  /**
   * A command by its name.
   *
   * @throws UsageException when there is none of that name
   */
  static CommandSpec command(String word, Context context) {
    CommandLine command = context.program().subcommands().get(word);
    if (command == null) {
      String hint =
          Nearest.to(word, context.program().subcommands().keySet())
              .map(near -> "; did you mean " + near + "?")
              .orElse("");
      throw new UsageException("unknown command '" + Masking.argument(word) + "'" + hint);
    }
    return command.getCommandSpec();
  }

  /** Prints help that was asked for, to standard output; in colour if a terminal shows it. */
  static void printAsked(CommandSpec spec, Surroundings surroundings) {
    boolean isColourful = surroundings.isColourful() && surroundings.hasTerminal().getAsBoolean();
    spec.commandLine().usage(surroundings.out(), isColourful ? Ansi.ON : Ansi.OFF);
  }

  /** Prints help in place of a fault, to standard error. */
  static void printUnasked(CommandSpec spec, Surroundings surroundings) {
    spec.commandLine().usage(surroundings.err(), surroundings.isColourful() ? Ansi.ON : Ansi.OFF);
  }
}
