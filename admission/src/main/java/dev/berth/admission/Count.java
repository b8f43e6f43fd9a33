package dev.berth.admission;

/** What is counted. */
public enum Count {
  /** Sessions, from accept to end. */
  CONNECTIONS("connections", "connections"),
  /** Transfers under way. */
  TRANSFERS("transfers", "transfers at once"),
  /** Sessions that sit out the delay of a failed login. */
  DETENTION("detention", "failed logins waiting");

  private final String key;
  private final String words;

  Count(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /** As it is written in settings and logs. */
  public String key() {
    return key;
  }

  String words() {
    return words;
  }
}
