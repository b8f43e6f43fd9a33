package dev.berth.daemon;

import dev.berth.server.Account;
import dev.berth.server.FileSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a server is set to. Immutable.
 *
 * @param reception how clients are received
 * @param files how files are kept
 * @param accounts who may log in
 */
record ServerSettings(Reception reception, FileSettings files, Accounts accounts) {
  /**
   * Who may log in.
   *
   * @param usersFiles files of accounts, read anew at each reload; none or one
   * @param others accounts that stand elsewhere
   */
  record Accounts(List<Path> usersFiles, List<Account> others) {
    Accounts {
      usersFiles = List.copyOf(usersFiles);
      others = List.copyOf(others);
    }
  }
}
