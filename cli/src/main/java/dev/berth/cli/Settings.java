package dev.berth.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What settings files say: {@code /etc/berth/*.toml} in the order of their names, then the user's
 * own, which goes before them. {@code server.toml}, {@code users.toml} and {@code gateway.toml}
 * there are those of servers. Immutable.
 *
 * @param general what holds for all servers
 * @param servers what holds for one, by {@code host} or {@code host:port}
 */
record Settings(Choices general, Map<String, Choices> servers) {
  /** In the same folder, for {@code berth serve} and {@code berth gateway}. */
  private static final Set<String> OF_SERVERS = Set.of("server.toml", "users.toml", "gateway.toml");

  /** No file, no settings. */
  static final Settings NONE = new Settings(Choices.NONE, Map.of());

  Settings {
    servers = Map.copyOf(servers);
  }

  /**
   * Reads all files there are.
   *
   * @throws UsageException naming every fault in every file
   * @throws IOException when a file is there but cannot be read
   */
  static Settings load(Surroundings surroundings) throws IOException {
    Settings settings = NONE;
    List<String> faults = new ArrayList<>();
    for (Path file : files(surroundings)) {
      SettingsFile read = SettingsFile.read(file);
      faults.addAll(read.faults());
      settings = read.settings().over(settings);
    }
    if (!faults.isEmpty()) {
      throw new UsageException(
          "nothing was started, for the settings are faulty:\n" + String.join("\n", faults));
    }
    return settings;
  }

  private static List<Path> files(Surroundings surroundings) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(surroundings.systemSettings())) {
      try (DirectoryStream<Path> folder =
          Files.newDirectoryStream(surroundings.systemSettings(), "*.toml")) {
        folder.forEach(files::add);
      }
      files.removeIf(file -> OF_SERVERS.contains(file.getFileName().toString()));
      files.sort(null);
    }
    Path own = surroundings.userSettings();
    if (Files.exists(own)) {
      files.add(own);
    }
    return files;
  }

  /** These, and from others what these leave open. */
  private Settings over(Settings others) {
    Map<String, Choices> all = new HashMap<>(others.servers);
    servers.forEach((name, choices) -> all.merge(name, choices, (old, mine) -> mine.over(old)));
    return new Settings(general.over(others.general), all);
  }

  /**
   * What holds for one server.
   *
   * @param host in lower case
   */
  Choices of(String host, int port) {
    Choices atPort = servers.getOrDefault(host + ":" + port, Choices.NONE);
    return atPort.over(servers.getOrDefault(host, Choices.NONE)).over(general);
  }
}
