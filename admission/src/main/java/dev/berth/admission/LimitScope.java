package dev.berth.admission;

/** Whose sessions, or transfers, a limit counts together. */
public enum LimitScope {
  /** All from one prefix: an address, or a network of the length that the rules say. */
  PREFIX("prefix"),
  /** All of one account, wherever they come from. */
  ACCOUNT("account"),
  /** All of one account from one prefix. */
  PREFIX_AND_ACCOUNT("prefix-and-account"),
  /** All that came in by one listener. */
  LISTENER("listener"),
  /** All there are. */
  SERVER("server");

  private final String key;

  LimitScope(String key) {
    this.key = key;
  }

  /** As it is written in settings and logs: lower case, words joined by hyphens. */
  public String key() {
    return key;
  }

  /** Whether an address has part in it, so that an exempt network is not counted. */
  boolean isByAddress() {
    return this == PREFIX || this == PREFIX_AND_ACCOUNT;
  }
}
