package dev.berth.limits;

import org.jspecify.annotations.Nullable;

/**
 * Who is logged in: a user name as it goes into {@code USER} (RFC 959 section 4.1.1). It carries no
 * password. Two connections belong to the same account when the names are equal, byte for byte.
 *
 * @param name the user name, often {@code anonymous}; not empty, no control characters, at most
 *     1,024 characters
 */
public record Account(String name) implements Comparable<Account> {
  /** The account of RFC 1635. */
  public static final Account ANONYMOUS = new Account("anonymous");

  public Account {
    if (name.isEmpty() || name.length() > 1024) {
      throw new IllegalArgumentException(
          "a user name has 1 to 1,024 characters, not " + name.length());
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a user name holds no control character");
    }
  }

  // Written out: a record's own equals is made at its first call, in 15 ms of a program's start.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Account account && name.equals(account.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public int compareTo(Account other) {
    return name.compareTo(other.name);
  }
}
