package dev.berth.daemon;

import dev.berth.gateway.GatewayTerms;
import dev.berth.server.Account;
import dev.berth.settings.TomlFile;
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
 * @param reception how clients are received
 * @param served what they are served
 * @param identities what is shown in TLS; none or one
 * @param look by which it is seen that the certificate's files have changed since
 */
record Loaded(Reception reception, Served served, List<Identity> identities, String look) {
  Loaded {
    identities = List.copyOf(identities);
  }

  /**
   * Reads everything.
   *
   * @param known the accounts there are already, whose homes are not looked at
   * @throws FaultySettings naming every fault of the first step that has any: first the settings,
   *     then the files that they name
   */
  static Loaded load(ServeRequest request, ServeTerms terms, Instant now, List<Account> known)
      throws FaultySettings {
    Homes homes = Homes.thereBesides(known);
    return switch (request) {
      case ServeRequest.FromFile(Path file) ->
          server(ServerFile.of(toml(file), homes), homes, terms, now);
      case ServeRequest.FromOptions options ->
          server(OptionSettings.of(options), homes, terms, now);
      case ServeRequest.Gateway(Path file, GatewayTerms behind) ->
          gateway(GatewayFile.of(toml(file)), behind, terms, now);
      case ServeRequest.GatewayTo options ->
          gateway(GatewayContent.of(options), options.terms(), terms, now);
    };
  }

  private static TomlFile toml(Path file) throws FaultySettings {
    try {
      return TomlFile.read(file);
    } catch (IOException e) {
      throw new FaultySettings(List.of(FileFaults.words(e)));
    }
  }

  private static Loaded server(ServerSettings settings, Homes homes, ServeTerms terms, Instant now)
      throws FaultySettings {
    List<String> faults = new ArrayList<>();
    List<Account> accounts = new ArrayList<>(settings.accounts().others());
    for (Path file : settings.accounts().usersFiles()) {
      accounts.addAll(accounts(file, homes, faults));
    }
    Served.Files served = new Served.Files(settings.files(), accounts);
    return whole(terms.over(settings.reception()), served, faults, now);
  }

  private static Loaded gateway(
      GatewayContent content, GatewayTerms behind, ServeTerms terms, Instant now)
      throws FaultySettings {
    Admin admin = terms.admin().isEmpty() ? content.admin() : terms.admin().getFirst();
    Served.Upstreams served = new Served.Upstreams(content.gateway(), behind, admin);
    return whole(terms.over(content.reception()), served, List.of(), now);
  }

  /** With the certificate, if there are no other faults. */
  private static Loaded whole(Reception reception, Served served, List<String> others, Instant now)
      throws FaultySettings {
    String look = Certificates.look(reception.tls());
    List<String> faults = new ArrayList<>(others);
    Optional<Identity> identity = Optional.empty();
    try {
      identity = Certificates.load(reception.tls(), now);
    } catch (FaultySettings e) {
      faults.addAll(e.faults());
    }
    if (!faults.isEmpty()) {
      throw new FaultySettings(faults);
    }
    return new Loaded(reception, served, identity.stream().toList(), look);
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
