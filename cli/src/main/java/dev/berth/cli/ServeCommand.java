package dev.berth.cli;

import dev.berth.client.Secret;
import dev.berth.daemon.Daemon;
import dev.berth.daemon.FaultySettings;
import dev.berth.daemon.PasswordHash;
import dev.berth.daemon.ServeRequest;
import dev.berth.daemon.ServeTerms;
import dev.berth.settings.DurationText;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth serve}: an FTP server. */
final class ServeCommand implements Command {
  private static final List<String> LEVELS = List.of("debug", "info", "warning", "error");

  /** What goes with {@code --root} alone. */
  private static final List<String> WITH_ROOT =
      List.of(
          OptionTable.USER,
          OptionTable.PASSWORD_FILE,
          OptionTable.LISTEN,
          ServerOptions.TLS,
          ServerOptions.ANONYMOUS,
          ServerOptions.READ_ONLY,
          OptionTable.LIMIT);

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "",
            List.of(
                "Serve files by FTP.",
                "What it does stands in a settings file, see docs/server.md; for one folder the"
                    + " options are enough. It says where it listens, logs to standard error, and"
                    + " ends at SIGTERM or Ctrl-C: transfers may finish, see --drain."),
            List.of(
                "One folder, for one user, on this host alone; the password is asked for:",
                "berth serve --root ~/files --user ann",
                "For everybody on the network to take files, in TLS where they can:",
                "berth serve --root /srv/pub --anonymous --listen '[::]:2121' --tls=self-signed",
                "As /etc/berth/server.toml says; first only look for faults:",
                "berth serve --check",
                "berth serve"));
    ServerOptions.addToServeCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context)
      throws IOException, InterruptedException {
    Surroundings surroundings = context.surroundings();
    ServeTerms terms = terms(arguments);
    boolean isCheck = arguments.hasMatchedOption(ServerOptions.CHECK);
    ServeRequest request =
        arguments.hasMatchedOption(OptionTable.ROOT)
            ? options(arguments, surroundings)
            : file(arguments);
    try {
      if (isCheck) {
        Daemon.check(request, terms);
        surroundings.out().println("no faults");
      } else {
        Daemon.serve(request, terms, surroundings.err(), surroundings.environment());
      }
      return ExitStatus.DONE;
    } catch (FaultySettings e) {
      throw new UsageException(
          "nothing was started, for the settings are faulty:\n" + String.join("\n", e.faults()));
    }
  }

  private static ServeTerms terms(ParseResult arguments) {
    List<Duration> drain =
        value(arguments, ServerOptions.DRAIN)
            .map(text -> duration(ServerOptions.DRAIN, text))
            .stream()
            .toList();
    List<Path> pidFile =
        value(arguments, ServerOptions.PID_FILE).map(Arguments::path).stream().toList();
    String level =
        value(arguments, ServerOptions.LOG_LEVEL)
            .orElse(arguments.hasMatchedOption(OptionTable.VERBOSE) ? "debug" : "info");
    if (!LEVELS.contains(level)) {
      throw new UsageException(
          ServerOptions.LOG_LEVEL + "=" + level + ": none of " + String.join(", ", LEVELS));
    }
    return new ServeTerms(drain, pidFile, Level.valueOf(level.toUpperCase(Locale.ROOT)));
  }

  private static Duration duration(String option, String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + "=" + text + ": " + Failures.reason(e));
    }
  }

  private static ServeRequest file(ParseResult arguments) {
    for (String option : WITH_ROOT) {
      if (arguments.hasMatchedOption(option)) {
        throw new UsageException(
            option + " goes with --root DIR; with a settings file, write it there");
      }
    }
    Optional<Path> named = value(arguments, ServerOptions.CONFIG).map(Arguments::path);
    Path file = named.orElseGet(ServeRequest::usualFile);
    if (named.isEmpty() && !Files.exists(file)) {
      throw new UsageException(
          "there is no %s: write one (docs/server.md), name another by --config, or serve one folder:\n"
                  .formatted(file)
              + "  berth serve --root DIR --user NAME");
    }
    return new ServeRequest.FromFile(file);
  }

  private static ServeRequest options(ParseResult arguments, Surroundings surroundings)
      throws IOException {
    if (arguments.hasMatchedOption(ServerOptions.CONFIG)) {
      throw new UsageException("--config and --root do not go together");
    }
    Optional<String> user = value(arguments, OptionTable.USER);
    boolean isAnonymous = arguments.hasMatchedOption(ServerOptions.ANONYMOUS);
    if (user.isEmpty() && !isAnonymous) {
      throw new UsageException("who may log in? Say --user NAME or --anonymous");
    }
    if (user.isEmpty() && arguments.hasMatchedOption(OptionTable.PASSWORD_FILE)) {
      throw new UsageException("--password-file goes with --user NAME");
    }
    List<ServeRequest.User> users = List.of();
    if (user.isPresent()) {
      Secret password =
          new NewPassword(surroundings)
              .find(user.get(), value(arguments, OptionTable.PASSWORD_FILE));
      users = List.of(new ServeRequest.User(user.get(), PasswordHash.inMemory(password.reveal())));
    }
    return new ServeRequest.FromOptions(
        Arguments.path(value(arguments, OptionTable.ROOT).orElseThrow()),
        users,
        value(arguments, OptionTable.LISTEN).orElse(ServerOptions.USUAL_LISTEN),
        value(arguments, ServerOptions.TLS).orElse("off"),
        isAnonymous,
        arguments.hasMatchedOption(ServerOptions.READ_ONLY),
        value(arguments, OptionTable.LIMIT).map(ServeCommand::number).stream().toList());
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,7}")) {
      throw new UsageException("--limit=" + text + ": not a whole number");
    }
    return Integer.parseInt(text);
  }

  private static Optional<String> value(ParseResult arguments, String option) {
    return Optional.ofNullable(arguments.matchedOptionValue(option, null));
  }
}
