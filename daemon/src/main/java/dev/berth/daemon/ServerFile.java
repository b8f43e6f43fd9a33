package dev.berth.daemon;

import dev.berth.admission.Rules;
import dev.berth.server.Account;
import dev.berth.server.FileSettings;
import dev.berth.server.Links;
import dev.berth.server.Sync;
import dev.berth.settings.TomlFile;
import dev.berth.settings.TomlSection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code server.toml} as a whole. Confined to one thread. */
final class ServerFile {
  /** Where it lies unless another is named. */
  static final Path USUAL = Path.of("/etc/berth/server.toml");

  private static final Path USERS = Path.of("/etc/berth/users.toml");

  private final TomlSection top;
  private final Homes homes;

  private ServerFile(TomlSection top, Homes homes) {
    this.top = top;
    this.homes = homes;
  }

  /**
   * Reads a file.
   *
   * @throws FaultySettings naming every fault
   */
  static ServerSettings of(TomlFile file, Homes homes) throws FaultySettings {
    ServerSettings settings = new ServerFile(file.top(), homes).settings();
    if (!file.faults().isEmpty()) {
      throw new FaultySettings(file.faults());
    }
    return settings;
  }

  private ServerSettings settings() {
    Reception reception = new ReceptionReader(top, Rules.standard(), section -> {}).read();
    FileSettings files = files(top.section("files"));
    ServerSettings.Accounts accounts = accounts();
    top.end();
    return new ServerSettings(reception, files, accounts);
  }

  private static FileSettings files(TomlSection section) {
    FileSettings usual = FileSettings.USUAL;
    Links links =
        section
            .word("links", List.of("follow-inside", "refuse", "hide"))
            .map(word -> Links.valueOf(constant(word)))
            .orElse(usual.links());
    Sync sync =
        section
            .word("sync", List.of("always", "at-keep", "never"))
            .map(word -> Sync.valueOf(constant(word)))
            .orElse(usual.sync());
    Duration partLife = section.read("part-life", Values::time).orElse(usual.partLife());
    section.end();
    return new FileSettings(links, sync, partLife);
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private ServerSettings.Accounts accounts() {
    TomlSection section = top.section("accounts");
    TomlSection anonymous = top.section("anonymous");
    Optional<Path> file = section.read("file", Values::wholePath);
    section.end();
    List<Account> others = new ArrayList<>();
    if (anonymous.isThere()) {
      AccountReader.anonymous(anonymous, homes).ifPresent(others::add);
    }
    // With anonymous alone there need be no file.
    boolean isWithoutFile = anonymous.isThere() && !section.has("file");
    List<Path> files = isWithoutFile ? List.of() : List.of(file.orElse(USERS));
    return new ServerSettings.Accounts(files, others);
  }
}
