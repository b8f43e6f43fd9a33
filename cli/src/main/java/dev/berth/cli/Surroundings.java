package dev.berth.cli;

import dev.berth.client.Secret;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What the process gives a run of the program. Tests give their own.
 *
 * @param environment the environment's variables
 * @param in standard input
 * @param out standard output: what was asked for, in UTF-8
 * @param err standard error: what people are told meanwhile, in UTF-8
 * @param home the user's home folder
 * @param systemSettings the folder of the settings files for all users
 * @param prompt asks on the terminal
 * @param hasTerminal whether somebody sits before one; asked only when needed, for it takes time
 */
record Surroundings(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Path home,
    Path systemSettings,
    Prompt prompt,
    BooleanSupplier hasTerminal) {
  private static final String STATE_FOLDER = "BERTH_STATE_DIR";
  private static final List<String> COMMON_FOLDERS = List.of("/run/lock", "/var/tmp", "/tmp");

  Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Asks the user for a password. */
  interface Prompt {
    /**
     * Shows a question and reads the answer without showing it. Blocks until it is given.
     *
     * @return the answer; empty when there is no terminal to ask on, or none was given
     */
    Optional<Secret> ask(String question);
  }

  /** Those of this process. */
  static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        System.in,
        StandardOutput.to(new FileOutputStream(FileDescriptor.out), StandardOutput::isPipe),
        standardError(),
        home(System.getenv()),
        Path.of("/etc/berth"),
        Surroundings::ask,
        () -> terminal().isPresent());
  }

  /** The same, but for where state is kept. */
  Surroundings keepingIn(Path stateFolder) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(STATE_FOLDER, stateFolder.toString());
    return new Surroundings(changed, in, out, err, home, systemSettings, prompt, hasTerminal);
  }

  private static PrintStream standardError() {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.err)),
        true,
        StandardCharsets.UTF_8);
  }

  /** As shells understand {@code ~}. The JDK alone would ask the system's list of users. */
  static Path home(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("HOME"))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> Path.of(System.getProperty("user.home")));
  }

  /** Since JDK 22 there may be a console object without a terminal behind it. */
  private static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  private static Optional<Secret> ask(String question) {
    return terminal()
        .flatMap(console -> Optional.ofNullable(console.readPassword("%s", question)))
        .map(answer -> new Secret(new String(answer)));
  }

  /** A variable of the environment that is set and not empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** The folder for what Berth learns, unless the user names another (XDG base directories). */
  Path stateFolder() {
    return variable(STATE_FOLDER)
        .map(Path::of)
        .orElseGet(() -> xdg("XDG_STATE_HOME", ".local/state").resolve("berth"));
  }

  /**
   * The folder in which all programs of this machine share connections: below one that every user
   * may write to, the same for all of them, and empty after a restart where there is such a one.
   */
  Path shareFolder() {
    return variable("BERTH_SHARE_DIR")
        .map(Path::of)
        .orElseGet(() ->
            COMMON_FOLDERS.stream()
                .map(Path::of)
                .filter(Surroundings::isForAll)
                .findFirst()
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")))
                .resolve("berth"));
  }

  private static boolean isForAll(Path folder) {
    try {
      return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException | UnsupportedOperationException e) {
      // It does not exist, or this system has no such permissions.
      return false;
    }
  }

  /** The user's settings file, whether it exists or not. */
  Path userSettings() {
    return xdg("XDG_CONFIG_HOME", ".config").resolve("berth").resolve("berth.toml");
  }

  /** A relative path in these variables is to be ignored, says the XDG specification. */
  private Path xdg(String variable, String fallback) {
    return variable(variable).map(Path::of).filter(Path::isAbsolute).orElse(home.resolve(fallback));
  }

  /** Whether colour may be used on standard error and in help (https://no-color.org). */
  boolean isColourful() {
    return columns().isPresent()
        && variable("NO_COLOR").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  /**
   * The width of the terminal that standard error is, in columns; empty when it is none. The
   * launcher passes it as {@code BERTH_TERMINAL}, for the JDK cannot tell.
   */
  Optional<Integer> columns() {
    Optional<String> told = variable("BERTH_TERMINAL");
    if (told.isPresent()) {
      return told.map(Numbers::small).filter(width -> width > 0);
    }
    return hasTerminal.getAsBoolean() ? Optional.of(80) : Optional.empty();
  }
}
