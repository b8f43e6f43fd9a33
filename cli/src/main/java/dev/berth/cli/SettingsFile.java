package dev.berth.cli;

import dev.berth.settings.Nearest;
import dev.berth.settings.TomlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * One settings file, read as a whole: what it says, and everything that is wrong with it. Confined
 * to one thread while it reads.
 */
final class SettingsFile {
  private static final String SERVER = "server";

  private final TomlFile file;
  private final TomlParseResult toml;
  private final Map<String, Choices> servers = new HashMap<>();
  private Choices general = Choices.NONE;

  private SettingsFile(TomlFile file) {
    this.file = file;
    this.toml = file.toml();
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read at all
   */
  static SettingsFile read(Path file) throws IOException {
    SettingsFile read = new SettingsFile(TomlFile.read(file));
    read.readTop();
    return read;
  }

  /** What it says, as far as it is right. */
  Settings settings() {
    return new Settings(general, servers);
  }

  /** What is wrong, a line each: file, line, key, value, and what to write instead. */
  List<String> faults() {
    return file.faults();
  }

  private void readTop() {
    for (String key : toml.keySet()) {
      if (!key.equals(SERVER)) {
        general = read(general, List.of(key), Setting.GENERAL);
      } else if (toml.isTable(List.of(SERVER))) {
        toml.getTableOrEmpty(List.of(SERVER)).keySet().forEach(this::readServer);
      } else {
        fault(List.of(SERVER), "is a table of tables: [server.\"ftp.example.com\"]");
      }
    }
  }

  private void readServer(String name) {
    List<String> path = List.of(SERVER, name);
    Optional<String> place = place(name);
    if (!(toml.get(path) instanceof TomlTable table)) {
      fault(path, "is a table, with the server's name in quotes: [server.\"ftp.example.com\"]");
    } else if (place.isEmpty()) {
      fault(path, "is no name of a server; write host or host:port, in quotes");
    } else if (servers.containsKey(place.get())) {
      fault(path, "names a server that stands in this file already");
    } else {
      Choices choices = Choices.NONE;
      for (String key : table.keySet()) {
        choices = read(choices, List.of(SERVER, name, key), ofServers());
      }
      servers.put(place.get(), choices);
    }
  }

  private static List<Setting<?>> ofServers() {
    return Stream.concat(Setting.GENERAL.stream(), Setting.OF_A_SERVER.stream()).toList();
  }

  /** The form in which {@link Settings} finds a server: its port only where the name has one. */
  private static Optional<String> place(String name) {
    boolean isBareAddress = name.indexOf(':') != name.lastIndexOf(':') && !name.startsWith("[");
    try {
      ServerUrl url = ServerUrl.parse("ftp://" + (isBareAddress ? "[" + name + "]" : name));
      boolean isPlain =
          url.user() instanceof ServerUrl.User.Unnamed
              && !name.contains("/")
              && !name.endsWith(":");
      boolean hasPort = !isBareAddress && name.matches(".*:[0-9]+");
      return isPlain
          ? Optional.of(hasPort ? url.host() + ":" + url.port() : url.host())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Choices read(Choices choices, List<String> path, List<Setting<?>> allowed) {
    String key = path.getLast();
    Optional<Setting<?>> setting =
        allowed.stream().filter(known -> known.name().equals(key)).findFirst();
    if (setting.isEmpty()) {
      fault(path, unknown(key, allowed));
      return choices;
    }
    Object value = toml.get(path);
    if (!(value instanceof String || value instanceof Long)) {
      fault(path, "is a string or a whole number, as in: " + example(setting.get()));
      return choices;
    }
    try {
      return choices.with(setting.get(), value.toString());
    } catch (IllegalArgumentException e) {
      fault(path, "= " + Shown.line(value.toString()) + ": " + Failures.reason(e));
      return choices;
    }
  }

  /** The value of an unknown key is not shown: it may be a password. */
  private static String unknown(String key, List<Setting<?>> allowed) {
    if (key.startsWith("pass")) {
      return "is no key: passwords do not belong here; put them in ~/.netrc or use --password-file";
    }
    List<String> names =
        Stream.concat(allowed.stream().map(Setting::name), Stream.of(SERVER)).toList();
    if (Setting.OF_A_SERVER.stream().anyMatch(setting -> setting.name().equals(key))) {
      return "stands in the table of a server only: [server.\"ftp.example.com\"]";
    }
    return "is no key"
        + Nearest.to(key, names)
            .map(near -> "; did you mean " + near + "?")
            .orElse("; keys are " + String.join(", ", names));
  }

  private static String example(Setting<?> setting) {
    return setting.name() + " = \"" + setting.fallback().orElse(setting.label()) + "\"";
  }

  private void fault(List<String> path, String words) {
    file.fault(path, words);
  }
}
