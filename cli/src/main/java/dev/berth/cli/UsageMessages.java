package dev.berth.cli;

import dev.berth.settings.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says in our words what picocli found wrong with a command line. Its own messages quote what was
 * typed, which may be a password; these name options only.
 */
final class UsageMessages {
  private UsageMessages() {}

  /** What is wrong, and what to write instead. */
  static String of(ParameterException fault) {
    CommandSpec command = fault.getCommandLine().getCommandSpec();
    String what =
        switch (fault) {
          case UnmatchedArgumentException unmatched -> ofUnmatched(unmatched, command);
          case MissingParameterException missing -> ofMissing(missing);
          case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " stands twice";
          default -> ofOther(fault);
        };
    return what + "\nHelp: " + command.qualifiedName() + " --help";
  }

  private static String ofUnmatched(UnmatchedArgumentException fault, CommandSpec command) {
    List<String> unknown = fault.getUnmatched();
    // Without a command, all that follows its mistyped name is unknown too.
    boolean isCommandDue = !command.subcommands().isEmpty();
    String first =
        unknown.stream()
            .filter(word -> word.startsWith("-") && !isCommandDue)
            .findFirst()
            .orElse(unknown.getFirst());
    if (first.startsWith("-")) {
      String option = withoutValue(first);
      return "unknown option " + option + meant(option, optionNames(command));
    }
    if (!isCommandDue) {
      return "too many arguments: '" + Masking.argument(first) + "' has no place here";
    }
    String hint =
        ServerUrl.isUrl(first)
            ? "; put one of the commands before the address"
            : meant(first, command.subcommands().keySet());
    return "unknown command '" + Masking.argument(first) + "'" + hint;
  }

  /** Of {@code --password=x} and {@code -px}, what may be the name of an option alone. */
  private static String withoutValue(String word) {
    if (!word.startsWith("--")) {
      return word.substring(0, Math.min(2, word.length()));
    }
    int equals = word.indexOf('=');
    return equals < 0 ? word : word.substring(0, equals);
  }

  private static List<String> optionNames(CommandSpec command) {
    List<String> names = new ArrayList<>();
    command.options().forEach(option -> names.addAll(List.of(option.names())));
    return names;
  }

  private static String meant(String word, Collection<String> known) {
    Optional<String> nearest = Nearest.to(word, known);
    return nearest.map(name -> "; did you mean " + name + "?").orElse("");
  }

  private static String ofOther(ParameterException fault) {
    ArgSpec argument = fault.getArgSpec();
    if (argument == null) {
      return "the command line cannot be read";
    }
    return name(argument)
        + (argument.arity().max() == 0 ? " takes no value" : " has no such value");
  }

  private static String ofMissing(MissingParameterException fault) {
    List<String> missing = fault.getMissing().stream().map(UsageMessages::name).toList();
    boolean isOption = fault.getMissing().stream().anyMatch(ArgSpec::isOption);
    return isOption
        ? String.join(", ", missing) + " needs a value"
        : "missing: " + String.join(" ", missing);
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel())
        : argument.paramLabel();
  }
}
