package dev.berth.limits;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An account as other users of the machine may see it: a digest, so that it can be told whether two
 * programs use the same one, and not easily which.
 *
 * @param value 16 hexadecimal digits
 */
public record AccountKey(String value) {
  private static final int DIGITS = 16;

  public AccountKey {
    if (value.length() != DIGITS || !value.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      throw new IllegalArgumentException("no key of an account: " + Spoken.oneLine(value));
    }
    value = value.toLowerCase(Locale.ROOT);
  }

  // Written out, as in Account: a record's own equals is made at its first call.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AccountKey key && value.equals(key.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** The key of an account on the server of a budget. */
  static AccountKey of(BudgetName name, Account account) {
    String text = name.host() + '\n' + name.port() + '\n' + account.name();
    return new AccountKey(
        FileNames.digest(text.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS));
  }
}
