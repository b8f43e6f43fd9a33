package dev.berth.daemon;

import dev.berth.admission.Limit;
import dev.berth.admission.LimitScope;
import dev.berth.admission.Rules;
import dev.berth.server.Access;
import dev.berth.server.Account;
import dev.berth.server.Credential;
import dev.berth.server.FileSettings;
import dev.berth.server.Permission;
import dev.berth.server.Quota;
import dev.berth.server.Rates;
import dev.berth.session.ListenerSettings.TlsUse;
import dev.berth.settings.TomlSection;
import dev.berth.transport.Tls;
import dev.berth.wire.RemotePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes settings of the options of {@code berth serve --root}. Confined to one thread. */
final class OptionSettings {
  private static final List<String> TLS =
      List.of("off", "offered", "required", "implicit", "self-signed");

  private final ServeRequest.FromOptions options;
  private final List<String> faults = new ArrayList<>();

  private OptionSettings(ServeRequest.FromOptions options) {
    this.options = options;
  }

  /**
   * The settings.
   *
   * @throws FaultySettings naming every option that cannot be used
   */
  static ServerSettings of(ServeRequest.FromOptions options) throws FaultySettings {
    OptionSettings reader = new OptionSettings(options);
    ServerSettings settings = reader.settings();
    if (!reader.faults.isEmpty()) {
      throw new FaultySettings(reader.faults);
    }
    return settings;
  }

  private ServerSettings settings() {
    Listener.Place place =
        read("--listen", options.listen(), Values::place, new Listener.Place.Inherited());
    String tls = read("--tls", options.tls(), text -> TomlSection.oneOf(text, TLS), "off");
    Listener listener = Listener.alone("ftp", place, use(tls));
    TlsChoice choice =
        tls.equals("off")
            ? new TlsChoice.None()
            : new TlsChoice.SelfSigned("localhost", EnumSet.allOf(Tls.Version.class));
    return new ServerSettings(
        Reception.usual(listener, choice, rules()),
        FileSettings.USUAL,
        new ServerSettings.Accounts(List.of(), accounts()));
  }

  private static TlsUse use(String tls) {
    return switch (tls) {
      case "off" -> TlsUse.OFF;
      case "required" -> TlsUse.REQUIRED;
      case "implicit" -> TlsUse.IMPLICIT;
      default -> TlsUse.OFFERED;
    };
  }

  private Rules rules() {
    Rules usual = Rules.standard();
    if (options.limit().isEmpty()) {
      return usual;
    }
    int most = options.limit().getFirst();
    if (most < 1 || most > 1_000_000) {
      faults.add("--limit=" + most + ": not from 1 to 1000000");
      return usual;
    }
    Map<LimitScope, Limit> limits = new EnumMap<>(LimitScope.class);
    limits.putAll(usual.connections());
    // Who names a number wants to see it kept: nobody gives way.
    limits.put(LimitScope.PREFIX, Limit.refusing(most));
    limits.computeIfPresent(
        LimitScope.SERVER, (scope, all) -> Limit.refusing(Math.max(all.most(), most)));
    return usual.withConnections(limits);
  }

  private List<Account> accounts() {
    Path root = options.root().toAbsolutePath().normalize();
    read("--root", options.root().toString(), text -> Homes.there(root), root);
    List<Account> accounts = new ArrayList<>();
    for (ServeRequest.User user : options.users()) {
      Access access = Access.of(options.isReadOnly() ? Permission.READ_ONLY : Permission.ALL);
      accounts.add(Account.of(user.name(), user.passwordHash(), root).with(access));
    }
    if (options.isAnonymous()) {
      accounts.add(
          new Account(
              "anonymous",
              new Credential.Anonymous(),
              root,
              RemotePath.ROOT,
              Access.of(Permission.READ_ONLY),
              Quota.NONE,
              Rates.NONE,
              Account.USUAL_UMASK));
    }
    return accounts;
  }

  private <T> T read(String option, String text, Function<String, T> reader, T fallback) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      faults.add(option + "=" + text + ": " + e.getMessage());
      return fallback;
    }
  }
}
