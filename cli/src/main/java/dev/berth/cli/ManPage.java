package dev.berth.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Writes a command's help as a manual page, in the language of man(7). */
final class ManPage {
  private final StringBuilder page = new StringBuilder();
  private final CommandSpec spec;

  private ManPage(CommandSpec spec) {
    this.spec = spec;
  }

  /** The page of a command or of the whole program. */
  static String of(CommandSpec spec) {
    return new ManPage(spec).write();
  }

  private String write() {
    UsageMessageSpec usage = spec.usageMessage();
    String name = spec.qualifiedName("-");
    page.append(
        ".TH \"%s\" 1 \"\" \"Berth %s\" \"Berth\"\n"
            .formatted(name.toUpperCase(Locale.ROOT), Version.text()));
    section("NAME");
    page.append(escaped(name))
        .append(" \\- ")
        .append(escaped(String.join(" ", usage.header())))
        .append('\n');
    section("SYNOPSIS");
    page.append(".B ").append(escaped(String.join(" ", usage.customSynopsis()))).append('\n');
    if (usage.description().length > 0) {
      section("DESCRIPTION");
      page.append(escaped(plain(String.join(" ", usage.description())))).append('\n');
    }
    arguments(spec.positionalParameters());
    commands();
    options(spec.options());
    section(spec.subcommands().isEmpty() ? "EXAMPLES" : "EXIT STATUS");
    page.append(".nf\n");
    for (String line : usage.footer()) {
      page.append(escaped(plain(line))).append('\n');
    }
    page.append(".fi\n");
    return page.toString();
  }

  private void section(String title) {
    page.append(".SH ").append(title).append('\n');
  }

  private void arguments(List<PositionalParamSpec> arguments) {
    if (arguments.isEmpty()) {
      return;
    }
    section("ARGUMENTS");
    for (PositionalParamSpec argument : arguments) {
      entry("\\fI" + escaped(argument.paramLabel()) + "\\fR", argument.description());
    }
  }

  private void commands() {
    if (spec.subcommands().isEmpty()) {
      return;
    }
    section("COMMANDS");
    spec.subcommands()
        .forEach((name, command) ->
            entry(
                "\\fB" + escaped(name) + "\\fR", command.getCommandSpec().usageMessage().header()));
  }

  private void options(List<OptionSpec> options) {
    section("OPTIONS");
    for (OptionSpec option : options.stream().filter(it -> !it.hidden()).toList()) {
      String names = "\\fB" + escaped(String.join(", ", option.names())) + "\\fR";
      boolean isFlag = option.arity().max() == 0;
      entry(
          isFlag ? names : names + "=\\fI" + escaped(option.paramLabel()) + "\\fR",
          option.description());
    }
  }

  private void entry(String term, String[] description) {
    page.append(".TP\n")
        .append(term)
        .append('\n')
        .append(escaped(plain(String.join(" ", description))))
        .append('\n');
  }

  private static String plain(String markup) {
    return Ansi.OFF.string(markup);
  }

  /** Backslashes, hyphens and a line's first dot or quote mean something else to roff. */
  private static String escaped(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
