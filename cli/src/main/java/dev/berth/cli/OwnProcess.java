package dev.berth.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts this program once more, as it was started itself. */
final class OwnProcess {
  private OwnProcess() {}

  /**
   * Starts it.
   *
   * @param environment variables to be added
   * @param said a file to be made, for what it says on both outputs
   */
  static Process start(List<String> arguments, Map<String, String> environment, Path said)
      throws IOException {
    List<String> command = new ArrayList<>(ownCommand());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  /** The JVM, its options and the main class, as the system knows them; else as the JVM does. */
  private static List<String> ownCommand() {
    String main = Main.class.getName();
    ProcessHandle.Info own = ProcessHandle.current().info();
    Optional<String> program = own.command();
    List<String> given = Arrays.asList(own.arguments().orElse(new String[0]));
    int end = given.indexOf(main);
    List<String> command = new ArrayList<>();
    if (program.isPresent() && end >= 0) {
      command.add(program.get());
      command.addAll(given.subList(0, end + 1));
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-cp");
      command.add(System.getProperty("java.class.path"));
      command.add(main);
    }
    return command;
  }
}
