package dev.berth.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

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

  /** This host alone: who serves in a hurry, serves no network unasked. */
  static final String USUAL_LISTEN = "127.0.0.1:2121";

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
    OptionTable.addGroup(
        spec,
        "%n@|bold Operation:|@%n",
        List.of(
            OptionTable.valued(
                    "DURATION", "At the end let transfers go on for so long. Default: 30s", DRAIN)
                .build(),
            OptionTable.valued("FILE", "Write the number of the process here.", PID_FILE).build(),
            OptionTable.valued(
                    "debug|info|warning|error",
                    "Log this and what is more severe, to standard error. Default: info",
                    LOG_LEVEL)
                .completionCandidates(List.of("debug", "info", "warning", "error"))
                .build(),
            OptionTable.verbose(),
            OptionTable.help(),
            OptionTable.version()));
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
