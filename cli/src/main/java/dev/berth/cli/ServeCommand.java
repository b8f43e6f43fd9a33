package dev.berth.cli;

import dev.berth.client.Secret;
import dev.berth.daemon.Daemon;
import dev.berth.daemon.FaultySettings;
import dev.berth.daemon.PasswordHash;
import dev.berth.daemon.ServeRequest;
import dev.berth.daemon.ServeTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth serve}: an FTP server. */
final class ServeCommand implements Command {
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
    ServeTerms terms = ServerOptions.terms(arguments);
    ServeRequest request =
        arguments.hasMatchedOption(OptionTable.ROOT)
            ? options(arguments, surroundings)
            : file(arguments);
    return run(request, terms, arguments, surroundings);
  }

  /** Serves, or looks for faults alone, as the options say. */
  static ExitStatus run(
      ServeRequest request, ServeTerms terms, ParseResult arguments, Surroundings surroundings)
      throws IOException, InterruptedException {
    try {
      if (arguments.hasMatchedOption(ServerOptions.CHECK)) {
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

  private static ServeRequest file(ParseResult arguments) {
    for (String option : WITH_ROOT) {
      if (arguments.hasMatchedOption(option)) {
        throw new UsageException(
            option + " goes with --root DIR; with a settings file, write it there");
      }
    }
    Optional<Path> named =
        ServerOptions.value(arguments, ServerOptions.CONFIG).map(Arguments::path);
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
    Optional<String> user = ServerOptions.value(arguments, OptionTable.USER);
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
              .find(user.get(), ServerOptions.value(arguments, OptionTable.PASSWORD_FILE));
      users = List.of(new ServeRequest.User(user.get(), PasswordHash.inMemory(password.reveal())));
    }
    return new ServeRequest.FromOptions(
        Arguments.path(ServerOptions.value(arguments, OptionTable.ROOT).orElseThrow()),
        users,
        ServerOptions.value(arguments, OptionTable.LISTEN).orElse(ServerOptions.USUAL_LISTEN),
        ServerOptions.value(arguments, ServerOptions.TLS).orElse("off"),
        isAnonymous,
        arguments.hasMatchedOption(ServerOptions.READ_ONLY),
        ServerOptions.value(arguments, OptionTable.LIMIT).map(ServeCommand::number).stream()
            .toList());
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,7}")) {
      throw new UsageException("--limit=" + text + ": not a whole number");
    }
    return Integer.parseInt(text);
  }
}
