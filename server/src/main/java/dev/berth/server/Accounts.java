package dev.berth.server;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All accounts there are at one time. Immutable. */
final class Accounts {
  private static final Set<String> ANONYMOUS = Set.of("anonymous", "ftp");

  private final Map<String, Account> byName = new HashMap<>();
  private final List<String> hashes;
  private final Set<Path> homes;
  private final boolean anyNeedsTls;

  /**
   * These.
   *
   * @throws IllegalArgumentException if two have one name
   */
  Accounts(Collection<Account> accounts) {
    for (Account account : accounts) {
      if (account.credential() instanceof Credential.Anonymous) {
        ANONYMOUS.forEach(name -> byName.putIfAbsent(name, account));
      }
    }
    for (Account account : accounts) {
      if (account.credential() instanceof Credential.Hash) {
        add(account);
      }
    }
    long anonymous =
        accounts.stream().filter(it -> it.credential() instanceof Credential.Anonymous).count();
    if (anonymous > 1) {
      throw new IllegalArgumentException("more than one anonymous account");
    }
    this.hashes = accounts.stream().flatMap(it -> hash(it).stream()).sorted().toList();
    this.homes = accounts.stream().map(Account::home).collect(Collectors.toUnmodifiableSet());
    this.anyNeedsTls = accounts.stream().anyMatch(it -> it.access().needsTls());
  }

  private void add(Account account) {
    Account other = byName.put(account.name(), account);
    if (other != null && other.credential() instanceof Credential.Hash) {
      throw new IllegalArgumentException("two accounts have the name " + account.name());
    }
  }

  private static Optional<String> hash(Account account) {
    return account.credential() instanceof Credential.Hash(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  Optional<Account> named(String user) {
    return Optional.ofNullable(byName.get(user));
  }

  /**
   * Against what the password of somebody unknown is checked: the hash of an account, the same each
   * time for the same name. So it takes as long as for a name that is known. Nothing if there are
   * no passwords at all.
   */
  Optional<String> anyHash(String user) {
    return hashes.isEmpty()
        ? Optional.empty()
        : Optional.of(hashes.get(Math.floorMod(user.hashCode(), hashes.size())));
  }

  /** Their home folders, each once. */
  Set<Path> homes() {
    return homes;
  }

  /** Whether a user whom nobody knows is told to come back in TLS, as some who are known are. */
  boolean anyNeedsTls() {
    return anyNeedsTls;
  }
}
