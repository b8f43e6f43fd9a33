package dev.berth.daemon;

import dev.berth.gateway.GatewaySettings;
import dev.berth.gateway.GatewayTerms;
import dev.berth.server.Account;
import dev.berth.server.FileSettings;
import java.util.List;

/** What stands behind the sessions, as it was set. Immutable. */
sealed interface Served {
  /**
   * Folders of this machine.
   *
   * @param settings how files are kept
   * @param accounts all who may log in
   */
  record Files(FileSettings settings, List<Account> accounts) implements Served {
    public Files {
      accounts = List.copyOf(accounts);
    }

    @Override
    public String summary() {
      return "accounts=" + accounts.size();
    }
  }

  /**
   * Other servers.
   *
   * @param admin where operators ask how it is
   */
  record Upstreams(GatewaySettings settings, GatewayTerms terms, Admin admin) implements Served {
    @Override
    public List<Account> accounts() {
      return List.of();
    }

    @Override
    public String summary() {
      return "upstreams=" + settings.upstreams().size();
    }
  }

  /** Who may log in, as far as we judge that ourselves. */
  List<Account> accounts();

  /** How much it is, for the log: {@code accounts=3}. */
  String summary();
}
