package dev.berth.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option of every command, once: so they are spelled and explained the same everywhere.
 * Values stay text here; {@link Options} reads them.
 */
final class OptionTable {
  static final String JSON = "--json";
  static final String QUIET = "--quiet";
  static final String VERBOSE = "--verbose";
  static final String DRY_RUN = "--dry-run";
  static final String PASSWORD_FILE = "--password-file";
  static final String STATE_DIR = "--state-dir";
  static final String HELP = "--help";
  static final String VERSION = "--version";

  private OptionTable() {}

  /** The options of the program itself. */
  static void addToProgram(CommandSpec spec) {
    spec.addOption(help());
    spec.addOption(version());
    spec.addOption(verbose());
  }

  /** The options of a command that asks no server. */
  static void addToLocalCommand(CommandSpec spec) {
    spec.addOption(verbose());
    spec.addOption(help());
    spec.addOption(version());
  }

  /** The option of commands that answer machines as well. */
  static void addJson(CommandSpec spec) {
    spec.addOption(
        flag("Write one JSON object a line to standard output, for machines.", JSON).build());
  }

  /** The options of a command that asks a server. */
  static void addToServerCommand(CommandSpec spec) {
    addGroup(
        spec,
        "%n@|bold Connection:|@%n",
        Stream.concat(
                Stream.of(
                        Setting.TLS,
                        Setting.TLS_TRUST,
                        Setting.WAIT,
                        Setting.TIMEOUT,
                        Setting.BIND,
                        Setting.DATA,
                        Setting.ACTIVE_PORTS)
                    .map(OptionTable::choice),
                Stream.of(
                    valued(
                            "FILE|-",
                            "Read the password from the first line of a file, or of standard"
                                + " input. Else it is taken from the URL, BERTH_PASSWORD, ~/.netrc"
                                + " or asked for.",
                            PASSWORD_FILE)
                        .build(),
                    valued(
                            "DIR",
                            "Keep what is learned about servers here. Default:"
                                + " BERTH_STATE_DIR or ~/.local/state/berth",
                            STATE_DIR)
                        .build()))
            .toList());
    addGroup(
        spec,
        "%n@|bold Output:|@%n",
        List.of(
            flag("Write one JSON object a line to standard output, for machines.", JSON).build(),
            flag("Tell faults only.", "-q", QUIET).build(),
            verbose(),
            help(),
            version()));
  }

  /** The options of a command that moves files. */
  static void addToTransferCommand(CommandSpec spec) {
    addGroup(
        spec,
        "%n@|bold Transfer:|@%n",
        List.of(
            choice(Setting.PARALLEL),
            flag("Tell what would be moved; move nothing.", "-n", DRY_RUN).build()));
    addToServerCommand(spec);
  }

  private static void addGroup(CommandSpec spec, String heading, List<OptionSpec> options) {
    spec.usageMessage().optionListHeading("");
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().validate(false).exclusive(false).multiplicity("0..1");
    group.heading(heading).order(spec.argGroups().size());
    options.forEach(group::addArg);
    spec.addArgGroup(group.build());
  }

  private static OptionSpec choice(Setting<?> setting) {
    String fallback = setting.fallback().map(value -> " Default: " + value).orElse("");
    return valued(setting.label(), setting.description() + fallback, "--" + setting.name())
        .completionCandidates(setting.words())
        .build();
  }

  private static OptionSpec help() {
    return flag("Show this help.", "-h", HELP).usageHelp(true).build();
  }

  private static OptionSpec version() {
    return flag("Show the version.", VERSION).versionHelp(true).build();
  }

  private static OptionSpec verbose() {
    return flag("Tell everything, the dialogue with the server too.", "-v", VERBOSE).build();
  }

  private static OptionSpec.Builder flag(String description, String... names) {
    return OptionSpec.builder(names).arity("0").type(boolean.class).description(description);
  }

  private static OptionSpec.Builder valued(String label, String description, String name) {
    return OptionSpec.builder(name)
        .arity("1")
        .type(String.class)
        .paramLabel(label)
        .description(description);
  }
}
