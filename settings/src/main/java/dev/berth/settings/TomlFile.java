package dev.berth.settings;

import dev.berth.wire.Octets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/** One settings file, and everything that is found wrong with it. Confined to one thread. */
public final class TomlFile {
  private record Fault(int line, String words) {}

  private final Path path;
  private final TomlParseResult toml;
  private final List<Fault> faults = new ArrayList<>();

  private TomlFile(Path path, TomlParseResult toml) {
    this.path = path;
    this.toml = toml;
  }

  /**
   * Reads a file. What is no TOML is among the faults, and the rest can be asked for.
   *
   * @throws IOException when it cannot be read at all
   */
  public static TomlFile read(Path path) throws IOException {
    return of(path, Toml.parse(path));
  }

  /**
   * Takes text for a file.
   *
   * @param path by which faults name it
   */
  public static TomlFile of(Path path, String text) {
    return of(path, Toml.parse(text));
  }

  private static TomlFile of(Path path, TomlParseResult toml) {
    TomlFile file = new TomlFile(path, toml);
    toml.errors()
        .forEach(error ->
            file.faults.add(
                new Fault(error.position().line(), String.valueOf(error.getMessage()))));
    return file;
  }

  /** Where it lies. */
  public Path path() {
    return path;
  }

  /** What it says, as far as it is TOML. */
  public TomlParseResult toml() {
    return toml;
  }

  /** The table that holds all others. */
  public TomlSection top() {
    return new TomlSection(this, toml, List.of(), toml.inputPositionOf(List.of()));
  }

  /**
   * Notes a fault.
   *
   * @param key with the tables that it stands in
   * @param words what is wrong with it, and what to write instead; goes on behind the key
   */
  public void fault(List<String> key, String words) {
    fault(toml.inputPositionOf(key), key, words);
  }

  void fault(@Nullable TomlPosition position, List<String> key, String words) {
    String shown = key.isEmpty() ? "" : shown(Toml.joinKeyPath(key));
    String gap = shown.isEmpty() || words.startsWith(":") ? "" : " ";
    faults.add(new Fault(position == null ? 1 : position.line(), shown + gap + words));
  }

  /** What is wrong, a line each: file, line, key, value, and what to write instead. */
  public List<String> faults() {
    return faults.stream()
        .sorted(Comparator.comparingInt(Fault::line))
        .map(fault -> path + ":" + fault.line() + ": " + fault.words())
        .toList();
  }

  /** Text of a file, as it may stand in a message of one line. */
  static String shown(String text) {
    return Octets.printable(text).replace('\n', '\uFFFD');
  }
}
