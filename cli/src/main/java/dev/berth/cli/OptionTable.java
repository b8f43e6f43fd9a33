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
  static final String RECURSIVE = "--recursive";
  static final String FORCE = "--force";
  static final String PARENTS = "--parents";
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
    spec.addOption(json().build());
  }

  /** The options of a command that asks a server. */
  static void addToServerCommand(CommandSpec spec) {
    addToServerCommand(spec, json().build());
  }

  /** The same for a command that refuses {@code --json}, and can say why. */
  static void addToServerCommandWithoutJson(CommandSpec spec) {
    addToServerCommand(spec, json().hidden(true).build());
  }

  private static OptionSpec.Builder json() {
    return flag("Write one JSON object a line to standard output, for machines.", JSON);
  }

  private static void addToServerCommand(CommandSpec spec, OptionSpec json) {
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
                    stateFolder("Keep what is learned about servers here.")))
            .toList());
    addGroup(
        spec,
        "%n@|bold Output:|@%n",
        List.of(
            json, flag("Tell faults only.", "-q", QUIET).build(), verbose(), help(), version()));
  }

  private static OptionSpec stateFolder(String purpose) {
    return valued("DIR", purpose + " Default: BERTH_STATE_DIR or ~/.local/state/berth", STATE_DIR)
        .build();
  }

  /** The options of the command that shows what is known and held. */
  static void addToStatusCommand(CommandSpec spec) {
    addJson(spec);
    spec.addOption(stateFolder("What was learned about servers is kept here."));
    addToLocalCommand(spec);
  }

  /** The options of a command that looks at the jobs of the past. */
  static void addToHistoryCommand(CommandSpec spec) {
    addJson(spec);
    spec.addOption(stateFolder("The history is kept here."));
    addToLocalCommand(spec);
  }

  /** The options of a command that moves files. */
  static void addToTransferCommand(CommandSpec spec) {
    addGroup(
        spec,
        "%n@|bold Transfer:|@%n",
        List.of(
            choice(Setting.PARALLEL),
            choice(Setting.VERIFY),
            flag("Tell what would be moved; move nothing.", "-n", DRY_RUN).build()));
    addToServerCommand(spec);
  }

  /** The options of the command that removes. */
  static void addToRemoveCommand(CommandSpec spec) {
    addGroup(
        spec,
        "%n@|bold Removal:|@%n",
        List.of(
            flag("Remove folders too, with all that they hold.", "-r", RECURSIVE).build(),
            flag("What is not there is no failure.", "-f", FORCE).build(),
            choice(Setting.PARALLEL),
            flag("Tell what would be removed; remove nothing.", "-n", DRY_RUN).build()));
    addToServerCommand(spec);
  }

  /** The options of the command that makes folders. */
  static void addToMakeFolderCommand(CommandSpec spec) {
    addGroup(
        spec,
        "%n@|bold Folders:|@%n",
        List.of(
            flag(
                    "Make the folders above too, where they are missing; what is there already is"
                        + " no failure.",
                    "-p",
                    PARENTS)
                .build()));
    addToServerCommand(spec);
  }

  /** The options of the command that renames. */
  static void addToMoveCommand(CommandSpec spec) {
    addGroup(
        spec,
        "%n@|bold Names:|@%n",
        List.of(flag("Replace files that have the new name already.", "-f", FORCE).build()));
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
