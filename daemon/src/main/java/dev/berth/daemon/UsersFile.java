package dev.berth.daemon;

import dev.berth.server.Account;
import dev.berth.settings.TomlFile;
import dev.berth.settings.TomlSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of accounts, read: {@code users.toml}. Each is a table {@code [user.NAME]}.
 *
 * @param accounts those without a fault, in the order of the file
 * @param faults what is wrong with the others
 */
record UsersFile(List<Account> accounts, List<String> faults) {
  static final String USER = "user";

  UsersFile {
    accounts = List.copyOf(accounts);
    faults = List.copyOf(faults);
  }

  /**
   * Reads it.
   *
   * @throws IOException when it cannot be read at all
   */
  static UsersFile read(Path path, Homes homes) throws IOException {
    return of(TomlFile.read(path), homes);
  }

  static UsersFile of(TomlFile file, Homes homes) {
    TomlSection top = file.top();
    List<Account> accounts = new ArrayList<>();
    for (TomlSection user : top.sections(USER).values()) {
      AccountReader.user(user, homes).ifPresent(accounts::add);
    }
    top.end();
    return new UsersFile(accounts, file.faults());
  }
}
