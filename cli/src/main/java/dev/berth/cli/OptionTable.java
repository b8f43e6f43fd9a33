package dev.berth.cli;

import dev.berth.simulator.Mask;
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
  static final String ALL = "--all";
  static final String INTERVAL = "--interval";
  static final String KEEP = "--keep";
  static final String PERMISSIONS = "--permissions";
  static final String INCLUDE = "--include";
  static final String EXCLUDE = "--exclude";
  static final String EXCLUDE_FROM = "--exclude-from";
  static final String NEWER = "--newer";
  static final String LINKS = "--links";
  static final String DELETE = "--delete";
  static final String MAX_DELETE = "--max-delete";
  static final String PASSWORD_FILE = "--password-file";
  static final String CONNECTIONS = "--connections";
  static final String QUICK = "--quick";
  static final String IDLE = "--idle";
  static final String WRITE = "--write";
  static final String NOOP = "--noop";
  static final String AS = "--as";
  static final String LIST = "--list";
  static final String LISTEN = "--listen";
  static final String ROOT = "--root";
  static final String USER = "--user";
  static final String LIMIT = "--limit";
  static final String LIMITS = "--limits";
  static final String LIMIT_IN_ALL = "--limit-in-all";
  static final String GHOSTS = "--ghosts";
  static final String CUT_EVERY = "--cut-every";
  static final String CUT_CONTROL_EVERY = "--cut-control-every";
  static final String STALL_AFTER = "--stall-after";
  static final String STALL_FOR = "--stall-for";
  static final String SLOW_ACCEPT = "--slow-accept";
  static final String RESET_RATE = "--reset-rate";
  static final String WRONG_SIZE = "--wrong-size";
  static final String CORRUPT_EVERY = "--corrupt-every";
  static final String STATE_DIR = "--state-dir";
  static final String HELP = "--help";
  static final String VERSION = "--version";

  private static final String TRANSFER = "%n@|bold Transfer:|@%n";

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
    addGroup(spec, TRANSFER, List.of(choice(Setting.BWLIMIT)));
    addToServerCommand(spec, json().hidden(true).build());
  }

  static OptionSpec.Builder json() {
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
                        Setting.ACTIVE_PORTS,
                        Setting.CHARSET,
                        Setting.SERVER_ZONE)
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

  static OptionSpec stateFolder(String purpose) {
    return valued("DIR", purpose + " Default: BERTH_STATE_DIR or ~/.local/state/berth", STATE_DIR)
        .build();
  }

  /** The options of the command that shows what is known and held. */
  static void addToStatusCommand(CommandSpec spec) {
    addJson(spec);
    spec.addOption(stateFolder("What was learned about servers is kept here."));
    addToLocalCommand(spec);
  }

  /** The options of the command that shows what Berth is for. */
  static void addToDemoCommand(CommandSpec spec) {
    spec.addOption(
        flag("Leave the server running until Ctrl-C, and tell what to try.", KEEP).build());
    addJson(spec);
    addToLocalCommand(spec);
  }

  /** The options of the command that is another server. */
  static void addToSimulateCommand(CommandSpec spec) {
    addGroup(
        spec,
        "%n@|bold Server:|@%n",
        List.of(
            valued("NAME", "Speak as this server. Default: vsftpd", AS)
                .completionCandidates(Mask.names())
                .build(),
            flag("Name the servers that there are, and where their words are from.", LIST).build(),
            valued(
                    "HOST:PORT",
                    "Listen here; a port of 0 is a free one. Default: 127.0.0.1:0",
                    LISTEN)
                .build(),
            valued("DIR", "Serve this folder. Default: a new one, deleted at the end", ROOT)
                .build(),
            valued("NAME", "Let this user in. Default: test", USER).build(),
            valued(
                    "FILE|-",
                    "Read the user's password from the first line of a file, or of standard"
                        + " input. Default: secret",
                    PASSWORD_FILE)
                .build(),
            valued("N", "Let an address have so many sessions.", LIMIT).build(),
            valued("LIST", "The same by time: '2 for 10s, then 1'.", LIMITS).build(),
            valued("N", "Let all together have so many sessions.", LIMIT_IN_ALL).build(),
            valued("TIME", "End sessions idle for so long. Default: as that server", IDLE)
                .build()));
    addGroup(
        spec,
        "%n@|bold Faults:|@%n",
        List.of(
            valued("TIME", "Count a session for so long after its end.", GHOSTS).build(),
            valued("BYTES", "Reset each data connection after so many bytes: 1M.", CUT_EVERY)
                .build(),
            valued(
                    "BYTES",
                    "Reset each control connection after so many bytes of replies.",
                    CUT_CONTROL_EVERY)
                .build(),
            valued("BYTES", "Let each data connection stand still after so many.", STALL_AFTER)
                .build(),
            valued("TIME", "For so long. Default: 1h", STALL_FOR).build(),
            valued("TIME", "Greet, and refuse, so late.", SLOW_ACCEPT).build(),
            valued("RATE", "Reset in place of so many of all replies: 0.01, or 1%.", RESET_RATE)
                .build(),
            flag("Tell one byte too much in SIZE.", WRONG_SIZE).build(),
            valued("BYTES", "Send the last of so many bytes wrong.", CORRUPT_EVERY).build()));
    addLocal(spec);
  }

  private static void addLocal(CommandSpec spec) {
    addGroup(spec, "%n@|bold Output:|@%n", List.of(verbose(), help(), version()));
  }

  /** The options of the command that finds out what a server can do. */
  static void addToProbeCommand(CommandSpec spec) {
    addGroup(
        spec,
        "%n@|bold Probe:|@%n",
        List.of(
            valued(
                    "N",
                    "Open so many connections at the most to find the limit. Default: 8",
                    CONNECTIONS)
                .build(),
            flag("One connection is enough: do not look for the limit.", QUICK).build(),
            valued(
                    "TIME",
                    "Wait so long at the most for the server to end an idle session, and see"
                        + " whether NOOP keeps one alive. Default: not at all",
                    IDLE)
                .build(),
            flag(
                    "Also write one file of 3 KiB into the folder, and remove it: to see what"
                        + " uploads, times and permissions do.",
                    WRITE)
                .build(),
            flag("Also send NOOP in the middle of a transfer.", NOOP).build()));
    addToServerCommand(spec);
  }

  /** The options of the command that shows the same live. */
  static void addToTopCommand(CommandSpec spec) {
    spec.addOption(valued("DURATION", "Look so often. Default: 1s", INTERVAL).build());
    addToStatusCommand(spec);
  }

  /** The options of the command that shows, sets and forgets limits. */
  static void addToLimitsCommand(CommandSpec spec) {
    spec.addOption(flag("Forget what is known of all servers.", ALL).build());
    spec.addOption(choice(Setting.BIND));
    addToStatusCommand(spec);
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
        TRANSFER,
        List.of(
            choice(Setting.PARALLEL),
            choice(Setting.BWLIMIT),
            flag("Keep the permissions of files, where the server can.", PERMISSIONS).build(),
            choice(Setting.VERIFY),
            flag("Tell what would be moved; move nothing.", "-n", DRY_RUN).build()));
    addToServerCommand(spec);
  }

  /** The options of the command that makes folders equal. */
  static void addToMirrorCommand(CommandSpec spec) {
    addGroup(
        spec,
        "%n@|bold Selection:|@%n",
        List.of(
            repeated(
                "PATTERN",
                "Leave out what matches: *.tmp, /cache/, **/log/*.txt, as in .gitignore. Of all"
                    + " patterns the last that matches counts.",
                EXCLUDE),
            repeated(
                "PATTERN",
                "Do not leave out what matches. As the first pattern: leave out all other files.",
                INCLUDE),
            repeated("FILE", "Leave out what matches a line of this file.", EXCLUDE_FROM),
            flag("Leave files alone that are newer at the target.", NEWER).build(),
            valued(
                    "skip|follow|copy",
                    "Pass links over, move what they lead to, or (from a server) make them here if"
                        + " they stay within the target. Default: skip",
                    LINKS)
                .completionCandidates(List.of("skip", "follow", "copy"))
                .build()));
    addGroup(
        spec,
        "%n@|bold Removal:|@%n",
        List.of(
            flag(
                    "Remove from the target what the source does not have, once all the rest went"
                        + " well. Never what is left out.",
                    DELETE)
                .build(),
            valued("N", "With --delete: if it were more than N things, remove none.", MAX_DELETE)
                .build()));
    addToTransferCommand(spec);
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

  static void addGroup(CommandSpec spec, String heading, List<OptionSpec> options) {
    spec.usageMessage().optionListHeading("");
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().validate(false).exclusive(false).multiplicity("0..1");
    group.heading(heading).order(spec.argGroups().size());
    options.forEach(group::addArg);
    spec.addArgGroup(group.build());
  }

  static OptionSpec choice(Setting<?> setting) {
    String fallback = setting.fallback().map(value -> " Default: " + value).orElse("");
    return valued(setting.label(), setting.description() + fallback, "--" + setting.name())
        .completionCandidates(setting.words())
        .build();
  }

  static OptionSpec help() {
    return flag("Show this help.", "-h", HELP).usageHelp(true).build();
  }

  static OptionSpec version() {
    return flag("Show the version.", VERSION).versionHelp(true).build();
  }

  static OptionSpec verbose() {
    return flag("Tell everything, the dialogue with the server too.", "-v", VERBOSE).build();
  }

  static OptionSpec.Builder flag(String description, String... names) {
    return OptionSpec.builder(names).arity("0").type(boolean.class).description(description);
  }

  private static OptionSpec repeated(String label, String description, String name) {
    return valued(label, description, name).type(List.class).auxiliaryTypes(String.class).build();
  }

  static OptionSpec.Builder valued(String label, String description, String name) {
    return OptionSpec.builder(name)
        .arity("1")
        .type(String.class)
        .paramLabel(label)
        .description(description);
  }
}
