package dev.berth.daemon;

import dev.berth.admission.GuardRules;
import dev.berth.admission.Rules;
import dev.berth.server.Account;
import dev.berth.server.FileSettings;
import dev.berth.session.FrontSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * All that a server is set to. Immutable.
 *
 * @param listeners at least one
 * @param front how sessions are led
 * @param rules who may come in
 * @param guard what failed logins cost
 * @param files how files are kept
 * @param accounts who may log in
 * @param drain how long transfers may go on when the server is to end
 */
record ServerSettings(
    List<Listener> listeners,
    TlsChoice tls,
    FrontSettings front,
    Rules rules,
    GuardRules guard,
    FileSettings files,
    Accounts accounts,
    Duration drain,
    PidFile pidFile) {
  /** So long downloads of a usual size may go on. */
  static final Duration USUAL_DRAIN = Duration.ofSeconds(30);

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

  ServerSettings {
    listeners = List.copyOf(listeners);
  }
}
