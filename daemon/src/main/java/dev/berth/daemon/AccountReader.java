package dev.berth.daemon;

import dev.berth.admission.Network;
import dev.berth.server.Access;
import dev.berth.server.Account;
import dev.berth.server.Bound;
import dev.berth.server.Credential;
import dev.berth.server.Permission;
import dev.berth.server.Quota;
import dev.berth.server.Rates;
import dev.berth.settings.TomlSection;
import dev.berth.wire.RemotePath;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the table of one account: {@code [user.alice]} of a users file, {@code [anonymous]}. */
final class AccountReader {
  private static final Bound NO_BOUND = new Bound.None();

  /** The words for permissions; the first three stand for several. */
  private static final Map<String, Set<Permission>> PERMISSIONS = permissions();

  private AccountReader() {}

  private static Map<String, Set<Permission>> permissions() {
    Map<String, Set<Permission>> words = new LinkedHashMap<>();
    words.put("all", Permission.ALL);
    words.put("read-only", Permission.READ_ONLY);
    words.put("drop-box", Permission.DROP_BOX);
    for (Permission permission : Permission.values()) {
      words.put(
          permission.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
          Set.of(permission));
    }
    return words;
  }

  /** A user with a password; empty if there are faults. */
  static Optional<Account> user(TomlSection section, Homes homes) {
    String name = section.name();
    Optional<Credential> hash =
        section.readSecret("hash", text -> new Credential.Hash(PasswordHash.checked(text)));
    if (!section.has("hash")) {
      section.fault("needs a hash: berth user password " + name + " asks for a password");
    }
    if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
      section.fault("is not the name of a user");
      return Optional.empty();
    }
    Optional<Account> account = rest(section, homes, name, hash, Permission.ALL);
    section.end();
    return account;
  }

  /** Those who log in as {@code anonymous}, with any password; empty if there are faults. */
  static Optional<Account> anonymous(TomlSection section, Homes homes) {
    Optional<Account> account =
        rest(
            section,
            homes,
            "anonymous",
            Optional.of(new Credential.Anonymous()),
            Permission.READ_ONLY);
    section.end();
    return account;
  }

  private static Optional<Account> rest(
      TomlSection section,
      Homes homes,
      String name,
      Optional<? extends Credential> credential,
      Set<Permission> usual) {
    boolean isOff = section.flag("disabled").orElse(false);
    Optional<Path> home = section.read("home", (isOff ? Homes.UNSEEN : homes)::read);
    if (!section.has("home")) {
      section.fault("needs home = \"/a/folder\", the folder that is / for this user");
    }
    RemotePath start = section.read("start", AccountReader::start).orElse(RemotePath.ROOT);
    Set<Permission> permissions = permissions(section, usual);
    String tls = section.word("tls", List.of("offered", "required")).orElse("offered");
    List<Network> networks = section.list("networks", Network::parse);
    Bound bytes = section.read("quota", Values::bytes).orElse(NO_BOUND);
    Bound files = section.read("quota-files", Values::count).orElse(NO_BOUND);
    Bound retrieved = section.read("retrieve-rate", Values::rate).orElse(NO_BOUND);
    Bound stored = section.read("store-rate", Values::rate).orElse(NO_BOUND);
    int umask = section.read("umask", Values::umask).orElse(Account.USUAL_UMASK);
    if (home.isEmpty() || credential.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Account(
            name,
            credential.get(),
            home.get(),
            start,
            new Access(permissions, tls.equals("required"), networks, isOff),
            new Quota(bytes, files),
            new Rates(retrieved, stored),
            umask));
  }

  /** As they would be written: the shortest words for them. */
  static String words(Set<Permission> permissions) {
    Optional<String> one =
        PERMISSIONS.entrySet().stream()
            .filter(entry -> entry.getValue().equals(permissions))
            .map(Map.Entry::getKey)
            .findFirst();
    return one.orElseGet(() ->
        PERMISSIONS.entrySet().stream()
            .filter(
                entry -> entry.getValue().size() == 1 && permissions.containsAll(entry.getValue()))
            .map(Map.Entry::getKey)
            .filter(word -> !word.equals("drop-box"))
            .collect(Collectors.joining(",")));
  }

  private static RemotePath start(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("begins with /, which is the home folder");
    }
    return new RemotePath(text);
  }

  private static Set<Permission> permissions(TomlSection section, Set<Permission> usual) {
    List<String> words = List.copyOf(PERMISSIONS.keySet());
    List<String> given = section.list("permissions", text -> TomlSection.oneOf(text, words));
    if (!section.has("permissions")) {
      return usual;
    }
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    given.forEach(word -> permissions.addAll(PERMISSIONS.getOrDefault(word, Set.of())));
    return permissions;
  }
}
