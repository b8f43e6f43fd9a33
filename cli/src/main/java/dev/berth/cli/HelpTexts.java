package dev.berth.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Gives all commands' help one shape. */
final class HelpTexts {
  private static final int WIDTH = 88;
  private static final int LONGEST_OPTION = 30;

  private HelpTexts() {}

  /**
   * Begins a command.
   *
   * @param synopsis its arguments, as in {@code URL [TARGET]}; empty for none
   * @param summary one line for the list of commands, then more for its own help
   * @param examples pairs of lines: what is wanted, and the command for it
   */
  static CommandSpec command(
      String name, String synopsis, List<String> summary, List<String> examples) {
    CommandSpec spec = CommandSpec.create().name(name);
    UsageMessageSpec usage = spec.usageMessage();
    style(usage);
    usage.customSynopsis(("berth " + name + " [OPTIONS] " + synopsis).strip());
    usage.header(summary.getFirst());
    usage.description(summary.subList(1, summary.size()).toArray(String[]::new));
    usage.descriptionHeading(summary.size() > 1 ? "%n" : "");
    usage.footerHeading("%n@|bold Examples:|@%n");
    usage.footer(
        examples.stream()
            .map(line -> line.startsWith("berth") ? "      " + line : "  " + line)
            .toArray(String[]::new));
    return spec;
  }

  /** The look that all have in common. */
  static void style(UsageMessageSpec usage) {
    usage.width(WIDTH);
    usage.longOptionsMaxWidth(LONGEST_OPTION);
    usage.sortOptions(false);
    usage.synopsisHeading("%n@|bold Usage:|@ ");
    usage.parameterListHeading("%n");
    usage.optionListHeading("%n@|bold Options:|@%n");
    usage.commandListHeading("%n@|bold Commands:|@%n");
  }

  /** An argument that stands at one place. */
  static PositionalParamSpec argument(String label, String index, String arity, String about) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .index(index)
        .arity(arity)
        .required(!arity.startsWith("0"))
        .hideParamSyntax(true)
        .type(arity.contains("*") ? List.class : String.class)
        .auxiliaryTypes(String.class)
        .description(about)
        .build();
  }
}
