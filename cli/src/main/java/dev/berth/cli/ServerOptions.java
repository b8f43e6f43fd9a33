package dev.berth.cli;

import dev.berth.daemon.Admin;
import dev.berth.daemon.ServeTerms;
import dev.berth.settings.DurationText;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of the commands that run a server and look after it. See {@link OptionTable}. */
final class ServerOptions {
  static final String CONFIG = "--config";
  static final String CHECK = "--check";
  static final String TLS = "--tls";
  static final String ANONYMOUS = "--anonymous";
  static final String READ_ONLY = "--read-only";
  static final String DROP_BOX = "--drop-box";
  static final String HOME = "--home";
  static final String FILE = "--file";
  static final String DRAIN = "--drain";
  static final String PID_FILE = "--pid-file";
  static final String LOG_LEVEL = "--log-level";
  static final String UPSTREAM = "--upstream";
  static final String ADMIN = "--admin";
  static final String PID = "--pid";

  /** How the server of {@link #UPSTREAM} is reached. */
  static final List<Setting<?>> TO_UPSTREAM =
      List.of(
          Setting.TLS,
          Setting.TLS_TRUST,
          Setting.TIMEOUT,
          Setting.BIND,
          Setting.DATA,
          Setting.ACTIVE_PORTS);

  /** This host alone: who serves in a hurry, serves no network unasked. */
  static final String USUAL_LISTEN = "127.0.0.1:2121";

  private static final List<String> LEVELS = List.of("debug", "info", "warning", "error");

  private ServerOptions() {}

  /** The options of {@code berth serve}. */
  static void addToServeCommand(CommandSpec spec) {
    OptionTable.addGroup(
        spec,
        "%n@|bold Settings:|@%n",
        List.of(
            OptionTable.valued(
                    "FILE", "Read the settings from here. Default: /etc/berth/server.toml", CONFIG)
                .build(),
            OptionTable.flag("Look for faults in settings and accounts; start nothing.", CHECK)
                .build()));
    OptionTable.addGroup(
        spec,
        "%n@|bold One folder, without a settings file:|@%n",
        List.of(
            OptionTable.valued("DIR", "Serve this folder.", OptionTable.ROOT).build(),
            OptionTable.valued("NAME", "Who may log in.", OptionTable.USER).build(),
            OptionTable.valued(
                    "FILE|-",
                    "Read the password from the first line of a file, or of standard input. Else"
                        + " it is taken from BERTH_PASSWORD or asked for.",
                    OptionTable.PASSWORD_FILE)
                .build(),
            OptionTable.flag("Let everybody in, to list and retrieve.", ANONYMOUS).build(),
            OptionTable.flag("Let the user list and retrieve only.", READ_ONLY).build(),
            OptionTable.valued(
                    "HOST:PORT",
                    "Listen here; [::]:2121 for all networks, port 0 takes a free one. Default: "
                        + USUAL_LISTEN,
                    OptionTable.LISTEN)
                .build(),
            OptionTable.valued(
                    "off|offered|required|implicit|self-signed",
                    "Encrypt, with a certificate made at the start, that clients have to accept:"
                        + " never, where they ask for it, always, from the first byte;"
                        + " self-signed is offered. Default: off",
                    TLS)
                .completionCandidates(
                    List.of("off", "offered", "required", "implicit", "self-signed"))
                .build(),
            OptionTable.valued(
                    "N",
                    "Turn away an address that has N sessions. Default: 8, idle ones give way",
                    OptionTable.LIMIT)
                .build()));
    addOperation(spec, List.of());
  }

  /** The options of {@code berth gateway}. */
  static void addToGatewayCommand(CommandSpec spec) {
    OptionTable.addGroup(
        spec,
        "%n@|bold Settings:|@%n",
        List.of(
            OptionTable.valued(
                    "FILE", "Read the settings from here. Default: /etc/berth/gateway.toml", CONFIG)
                .build(),
            OptionTable.flag("Look for faults in the settings; start nothing.", CHECK).build()));
    OptionTable.addGroup(
        spec,
        "%n@|bold One server, without a settings file:|@%n",
        Stream.concat(
                Stream.of(
                    OptionTable.valued("URL", "Lead everybody to this server.", UPSTREAM).build(),
                    OptionTable.valued(
                            "HOST:PORT",
                            "Listen here; [::]:2121 for all networks, port 0 takes a free one."
                                + " Default: "
                                + USUAL_LISTEN,
                            OptionTable.LISTEN)
                        .build(),
                    OptionTable.valued(
                            "N",
                            "How many connections the server allows. Without it Berth finds out.",
                            OptionTable.LIMIT)
                        .build()),
                TO_UPSTREAM.stream().map(OptionTable::choice))
            .toList());
    OptionTable.addGroup(
        spec,
        "%n@|bold Asking a gateway that runs:|@%n",
        List.of(
            OptionTable.json().build(),
            OptionTable.valued("N", "The process that is meant, where several run.", PID).build()));
    addOperation(
        spec,
        List.of(
            OptionTable.stateFolder(
                "Keep what is learned about servers here, and where operators can ask."),
            OptionTable.valued(
                    "HOST:PORT|off",
                    "Where operators and their programs ask how it is; this host alone, port 0"
                        + " takes a free one. Default: 127.0.0.1:0",
                    ADMIN)
                .build()));
  }

  private static void addOperation(CommandSpec spec, List<OptionSpec> more) {
    OptionTable.addGroup(
        spec,
        "%n@|bold Operation:|@%n",
        Stream.of(
                Stream.of(
                    OptionTable.valued(
                            "DURATION",
                            "At the end let transfers go on for so long. Default: 30s",
                            DRAIN)
                        .build(),
                    OptionTable.valued("FILE", "Write the number of the process here.", PID_FILE)
                        .build(),
                    OptionTable.valued(
                            "debug|info|warning|error",
                            "Log this and what is more severe, to standard error. Default: info",
                            LOG_LEVEL)
                        .completionCandidates(LEVELS)
                        .build()),
                more.stream(),
                Stream.of(OptionTable.verbose(), OptionTable.help(), OptionTable.version()))
            .flatMap(all -> all)
            .toList());
  }

  /**
   * How a server is to run.
   *
   * @throws UsageException when a value is none
   */
  static ServeTerms terms(ParseResult arguments) {
    List<Duration> drain =
        value(arguments, DRAIN).map(text -> duration(DRAIN, text)).stream().toList();
    List<Path> pidFile = value(arguments, PID_FILE).map(Arguments::path).stream().toList();
    String level =
        value(arguments, LOG_LEVEL)
            .orElse(arguments.hasMatchedOption(OptionTable.VERBOSE) ? "debug" : "info");
    if (!LEVELS.contains(level)) {
      throw new UsageException(LOG_LEVEL + "=" + level + ": none of " + String.join(", ", LEVELS));
    }
    List<Admin> admin = value(arguments, ADMIN).map(ServerOptions::admin).stream().toList();
    return new ServeTerms(
        drain, pidFile, Level.valueOf(level.toUpperCase(Locale.ROOT)), List.of(), admin);
  }

  private static Admin admin(String text) {
    try {
      return Admin.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(ADMIN + "=" + text + ": " + Failures.reason(e));
    }
  }

  private static Duration duration(String option, String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + "=" + text + ": " + Failures.reason(e));
    }
  }

  /** What an option was given, if it was. */
  static Optional<String> value(ParseResult arguments, String option) {
    return Optional.ofNullable(arguments.matchedOptionValue(option, null));
  }

  /** The options of {@code berth user}. */
  static void addToUserCommand(CommandSpec spec) {
    spec.addOption(
        OptionTable.valued("DIR", "The folder that is / for the user. Default: /srv/ftp/NAME", HOME)
            .build());
    spec.addOption(OptionTable.flag("The user may list and retrieve only.", READ_ONLY).build());
    spec.addOption(
        OptionTable.flag("The user may store new files only, and see none.", DROP_BOX).build());
    spec.addOption(
        OptionTable.valued(
                "FILE|-",
                "Read the password from the first line of a file, or of standard input. Else it is"
                    + " taken from BERTH_PASSWORD or asked for.",
                OptionTable.PASSWORD_FILE)
            .build());
    spec.addOption(
        OptionTable.valued("FILE", "The file of the accounts. Default: /etc/berth/users.toml", FILE)
            .build());
    OptionTable.addToLocalCommand(spec);
  }

  /** The options of {@code berth reload}. */
  static void addToReloadCommand(CommandSpec spec) {
    spec.addOption(
        OptionTable.valued(
                "FILE",
                "Where the number of the server's process stands. Default: /run/berth/berth.pid",
                PID_FILE)
            .build());
    OptionTable.addToLocalCommand(spec);
  }
}
