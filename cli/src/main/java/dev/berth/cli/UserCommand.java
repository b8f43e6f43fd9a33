package dev.berth.cli;

import dev.berth.client.Secret;
import dev.berth.daemon.FaultySettings;
import dev.berth.daemon.PasswordHash;
import dev.berth.daemon.Users;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code berth user}: the accounts of a server, in their file. */
final class UserCommand implements Command {
  private static final String FORMS =
      "write berth user list, berth user add NAME, berth user password NAME, berth user remove NAME"
          + " or berth user hash NAME";

  @Override
  public String name() {
    return "user";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        HelpTexts.command(
            name(),
            "list | add NAME | password NAME | remove NAME | hash NAME",
            List.of(
                "Show, add or remove users of berth serve, or set a password.",
                "The password is asked for, twice. The file keeps its comments and its order, and a"
                    + " running server sees the change at its next reload.",
                "hash prints the line for a user of a gateway, and changes no file."),
            List.of(
                "Who has a folder of their own, and who may only read:",
                "berth user add ann --home /srv/ftp/ann",
                "berth user add press --home /srv/ftp/press --read-only",
                "Then tell the server:",
                "berth reload"));
    spec.addPositional(
        HelpTexts.argument("WORDS", "0..*", "0..*", "What to do.").toBuilder()
            .hidden(true)
            .build());
    ServerOptions.addToUserCommand(spec);
    return spec;
  }

  @Override
  public ExitStatus run(ParseResult arguments, Context context) throws IOException {
    List<String> words = arguments.matchedPositionalValue(0, List.of());
    Surroundings surroundings = context.surroundings();
    Path file = value(arguments, ServerOptions.FILE).map(Arguments::path).orElse(Users.USUAL);
    Users users = new Users(file);
    String verb = words.isEmpty() ? "" : words.getFirst();
    int due = verb.equals("list") ? 1 : 2;
    if (words.size() != due
        || !List.of("list", "add", "password", "remove", "hash").contains(verb)) {
      throw new UsageException(FORMS);
    }
    refuseStray(arguments, verb);
    try {
      switch (verb) {
        case "list" -> list(users, surroundings.out());
        case "add" -> add(users, words.getLast(), arguments, surroundings);
        case "password" -> {
          users.password(words.getLast(), hash(words.getLast(), arguments, surroundings));
          tell(surroundings, "the password of " + words.getLast() + " is changed in " + file);
        }
        case "hash" ->
            surroundings
                .out()
                .println("hash = \"" + hash(words.getLast(), arguments, surroundings) + "\"");
        default -> {
          users.remove(words.getLast());
          tell(surroundings, words.getLast() + " is removed from " + file + "; its folder stays");
        }
      }
      return ExitStatus.DONE;
    } catch (FaultySettings e) {
      throw new UsageException(String.join("\n", e.faults()));
    }
  }

  private static void refuseStray(ParseResult arguments, String verb) {
    for (String option :
        List.of(ServerOptions.HOME, ServerOptions.READ_ONLY, ServerOptions.DROP_BOX)) {
      if (arguments.hasMatchedOption(option) && !verb.equals("add")) {
        throw new UsageException(option + " goes with berth user add NAME");
      }
    }
    boolean needsPassword = List.of("add", "password", "hash").contains(verb);
    if (arguments.hasMatchedOption(OptionTable.PASSWORD_FILE) && !needsPassword) {
      throw new UsageException("--password-file goes with add, password and hash");
    }
    if (arguments.hasMatchedOption(ServerOptions.READ_ONLY)
        && arguments.hasMatchedOption(ServerOptions.DROP_BOX)) {
      throw new UsageException("--read-only and --drop-box do not go together");
    }
  }

  private static void list(Users users, PrintStream out) throws FaultySettings, IOException {
    for (Users.Line user : users.list()) {
      String disabled = user.isDisabled() ? "  disabled" : "";
      out.println(Shown.line(user.name()) + "  " + user.rights() + "  " + user.home() + disabled);
    }
  }

  private static void add(
      Users users, String name, ParseResult arguments, Surroundings surroundings)
      throws FaultySettings, IOException {
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw new UsageException("not the name of a user");
    }
    Path home =
        value(arguments, ServerOptions.HOME)
            .map(Arguments::path)
            .orElseGet(() -> Path.of("/srv/ftp").resolve(Arguments.path(name)))
            .toAbsolutePath()
            .normalize();
    Users.Rights rights =
        arguments.hasMatchedOption(ServerOptions.READ_ONLY)
            ? Users.Rights.READ_ONLY
            : arguments.hasMatchedOption(ServerOptions.DROP_BOX)
                ? Users.Rights.DROP_BOX
                : Users.Rights.ALL;
    users.add(name, hash(name, arguments, surroundings), home, rights);
    tell(surroundings, "user " + Shown.line(name) + " is added, with the folder " + home);
    if (!Files.isDirectory(home)) {
      surroundings
          .err()
          .println(
              "berth: "
                  + home
                  + " is not there yet: make it, for the user that the server runs as");
    }
  }

  private static String hash(String user, ParseResult arguments, Surroundings surroundings)
      throws IOException {
    Secret password =
        new NewPassword(surroundings).find(user, value(arguments, OptionTable.PASSWORD_FILE));
    return PasswordHash.of(password.reveal());
  }

  private static void tell(Surroundings surroundings, String words) {
    surroundings.out().println(words);
  }

  private static Optional<String> value(ParseResult arguments, String option) {
    return Optional.ofNullable(arguments.matchedOptionValue(option, null));
  }
}
