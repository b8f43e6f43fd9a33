package dev.berth.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth man [COMMAND]}: the manual page, for {@code man -l -} or a package. */
final class ManCommand implements Command {
  @Override
  public String name() {
    return "man";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "[COMMAND]",
            List.of("Write the manual page of the program or of a command."),
            List.of("Read it:", "berth man mirror | man -l -"));
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
    CommandSpec about =
        name.map(word -> HelpCommand.command(word, context)).orElse(context.program());
    context.surroundings().out().print(ManPage.of(about));
    return ExitStatus.DONE;
  }
}
