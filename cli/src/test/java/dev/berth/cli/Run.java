package dev.berth.cli;

import dev.berth.client.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the program in surroundings made for a test. */
final class Run {
  private final Map<String, String> environment = new HashMap<>();
  private final Path folder;
  private byte[] in = {};
  private Optional<Secret> typed = Optional.empty();
  private List<Command> commands = Commands.local();

  private Run(Path folder) {
    this.folder = folder;
  }

  /** What a run came to. */
  record Result(ExitStatus status, String out, String err) {
    String everything() {
      return out + err;
    }
  }

  /** The folder holds {@code home} and {@code etc}, as far as they exist. */
  static Run in(Path folder) {
    return new Run(folder);
  }

  Run with(Engine engine) {
    commands = Commands.all(engine);
    return this;
  }

  Run with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Run reading(String text) {
    return reading(text.getBytes(StandardCharsets.UTF_8));
  }

  Run reading(byte[] bytes) {
    in = bytes;
    return this;
  }

  Run typing(String password) {
    typed = Optional.of(new Secret(password));
    return this;
  }

  static Path home(Path folder) {
    return folder.resolve("home");
  }

  Result of(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings = surroundings(out, err);
    ExitStatus status = new Program(commands, surroundings).run(arguments);
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Surroundings surroundings(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Surroundings(
        environment,
        new ByteArrayInputStream(in),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        home(folder),
        folder.resolve("etc"),
        question -> typed,
        () -> false);
  }
}
