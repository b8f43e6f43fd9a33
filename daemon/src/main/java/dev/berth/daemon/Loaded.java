package dev.berth.daemon;

import dev.berth.server.Account;
import dev.berth.transport.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings with all that they name: accounts and certificate. Everything has been read before
 * anything is used.
 *
 * @param settings what was set
 * @param accounts all who may log in
 * @param identities what is shown in TLS; none or one
 * @param look by which it is seen that the certificate's files have changed since
 */
record Loaded(
    ServerSettings settings, List<Account> accounts, List<Identity> identities, String look) {
  Loaded {
    accounts = List.copyOf(accounts);
    identities = List.copyOf(identities);
  }

  /**
   * Reads everything.
   *
   * @param served the accounts there are already, whose homes are not looked at
   * @throws FaultySettings naming every fault of the first step that has any: first the settings,
   *     then the files that they name
   */
  static Loaded load(ServeRequest request, ServeTerms terms, Instant now, List<Account> served)
      throws FaultySettings {
    Homes homes = Homes.thereBesides(served);
    ServerSettings settings =
        terms.over(
            switch (request) {
              case ServeRequest.FromFile(Path file) -> read(file, homes);
              case ServeRequest.FromOptions options -> OptionSettings.of(options);
            });
    String look = Certificates.look(settings.tls());
    List<String> faults = new ArrayList<>();
    List<Account> accounts = new ArrayList<>(settings.accounts().others());
    for (Path file : settings.accounts().usersFiles()) {
      accounts.addAll(accounts(file, homes, faults));
    }
    Optional<Identity> identity = Optional.empty();
    try {
      identity = Certificates.load(settings.tls(), now);
    } catch (FaultySettings e) {
      faults.addAll(e.faults());
    }
    if (!faults.isEmpty()) {
      throw new FaultySettings(faults);
    }
    return new Loaded(settings, accounts, identity.stream().toList(), look);
  }

  private static ServerSettings read(Path file, Homes homes) throws FaultySettings {
    try {
      return ServerFile.read(file, homes);
    } catch (IOException e) {
      throw new FaultySettings(List.of(FileFaults.words(e)));
    }
  }

  private static List<Account> accounts(Path file, Homes homes, List<String> faults) {
    try {
      UsersFile users = UsersFile.read(file, homes);
      faults.addAll(users.faults());
      return users.accounts();
    } catch (IOException e) {
      faults.add(FileFaults.words(e));
      return List.of();
    }
  }
}
